/** What somebody says in a clip that was recorded in Slack, which writes it down itself after a while. Pure. */
import { isAudioClip } from './file-kind.ts';
import type { SlackFile } from './payloads.ts';

/** The words, where they are told in full. */
export function voiceOf({ transcription }: SlackFile): { transcript?: string } {
  const { content, has_more } = transcription?.preview ?? {};
  const words = content?.trim();
  return transcription?.status === 'complete' && !has_more && words ? { transcript: words } : {};
}

/** Slack is still listening. */
export const AWAITED = 'awaited';

/** `AWAITED`, or the address of the whole where only its beginning is told. */
export function wordsLater(file: SlackFile): string | undefined {
  const { transcription, vtt } = file;
  if (!isAudioClip(file)) return undefined;
  if (transcription?.status === 'processing') return AWAITED;
  const isBeginning = transcription?.status === 'complete' && transcription.preview?.has_more;
  return isBeginning && vtt ? vtt : undefined;
}

/** The words of WebVTT: no times, no names of cues, no notes. */
export function spokenIn(vtt: string): string {
  return vtt
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((cue) => {
      const lines = cue.split('\n');
      const at = lines.findIndex((line) => line.includes('-->'));
      return at < 0 ? [] : lines.slice(at + 1);
    })
    .map((line) => line.replace(/<[^<>]*>/g, '').trim())
    .filter((line) => line !== '')
    .join(' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}
