/** Cues as files to be posted. */
import type { Cue } from '../../documents/subtitles/read-subtitles.ts';
import { writeSrt, writeVtt } from '../../documents/subtitles/write-subtitles.ts';
import type { Words } from '../../locales/locale.ts';
import type { Button, FileSource } from '../../platforms/chat.ts';
import { textFile } from '../text-file.ts';

interface About {
  readonly words: Words;
  /** What the video is called. */
  readonly name: string | undefined;
}

/** SubRip, which every editor reads, and beside it WebVTT for the web. */
export const srtFile = (cues: readonly Cue[], about: About): FileSource => ({
  ...textFile(
    { name: 'captions.srt', mime: 'application/x-subrip', description: described(about, 'SRT') },
    writeSrt(cues),
  ),
  beside: [vttFile(cues, about)],
});

export const vttFile = (cues: readonly Cue[], about: About): FileSource =>
  textFile(
    { name: 'captions.vtt', mime: 'text/vtt', description: described(about, 'VTT') },
    writeVtt(cues),
  );

const described = ({ words, name }: About, kind: string): string =>
  words.pictures.alt.captions(name, kind);

export const captionsButton = (words: Words): Button => ({
  label: words.captions.button,
  does: { action: 'captions' },
});
