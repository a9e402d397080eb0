/**
 * Endings of what is neither a script nor media, though its content may look like one: an archive like a DOCX,
 * a program's source like a text. Any other ending that is not known may be the end of a title. Pure.
 */
const ENDINGS: ReadonlySet<string> = new Set(
  [
    // Archives and images of disks.
    '7z apk dmg gz iso jar rar tar tgz xz zip',
    // Programs and what they leave behind.
    'app bak bat bin cmd com dat db dll exe lnk msi ps1 so sqlite sys tmp torrent',
    // Sources, settings and records.
    'c cc cfg conf cpp cs css env go h hpp ini java js json jsonl jsx kt lock log lua mjs php pl plist',
    'properties py r rb rs scss sh sql swift toml ts tsx vue xml yaml yml',
    // Fonts, keys, calendars, cards, and the projects of programs.
    'aep ai blend eps fig ics obj otf p12 pem prproj sketch stl ttf vcf woff woff2',
  ].flatMap((line) => line.split(' ')),
);

export const isOtherEnding = (extension: string): boolean => ENDINGS.has(extension);
