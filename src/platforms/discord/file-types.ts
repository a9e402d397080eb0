/**
 * Which files Discord's own client lets people choose in a command or a form: ten kinds at most, told by their ending. Files
 * of other kinds that can be read come with a message; what is chosen here is looked at like any other.
 */
import type { FileUploadType } from 'discord.js';

export const FILE_TYPES: readonly FileUploadType[] = [
  'image',
  'video',
  'audio',
  '.pdf',
  '.docx',
  '.pptx',
  '.xlsx',
  '.txt',
  '.md',
  '.srt',
];
