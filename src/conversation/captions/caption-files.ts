/** Cues as files to be posted. */
import { Readable } from 'node:stream';
import type { Cue } from '../../documents/subtitles/read-subtitles.ts';
import { writeSrt, writeVtt } from '../../documents/subtitles/write-subtitles.ts';
import type { Words } from '../../locales/locale.ts';
import type { Button, FileSource } from '../../platforms/chat.ts';

interface About {
  readonly words: Words;
  /** What the video is called. */
  readonly name: string | undefined;
}

/** SubRip, which every editor reads, and beside it WebVTT for the web. */
export const srtFile = (cues: readonly Cue[], about: About): FileSource => ({
  ...textFile('captions.srt', 'application/x-subrip', writeSrt(cues)),
  description: described(about, 'SRT'),
  beside: [vttFile(cues, about)],
});

export const vttFile = (cues: readonly Cue[], about: About): FileSource => ({
  ...textFile('captions.vtt', 'text/vtt', writeVtt(cues)),
  description: described(about, 'VTT'),
});

const described = ({ words, name }: About, kind: string): string =>
  words.pictures.alt.captions(name, kind);

function textFile(name: string, mime: string, text: string) {
  const bytes = Buffer.from(text, 'utf8');
  return { name, mime, bytes: bytes.length, open: async () => Readable.from([bytes]) };
}

export const captionsButton = (words: Words): Button => ({
  label: words.captions.button,
  does: { action: 'captions' },
});
