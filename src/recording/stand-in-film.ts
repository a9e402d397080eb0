/** In place of a film, which is not recorded: a file that begins as an MP4 does, and has nothing to show. */

const MOST_BYTES = 1_000_000;
const HEAD = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex');

export function standInFilm(bytes: number): Buffer {
  const rest = Math.max(8, Math.min(bytes, MOST_BYTES) - HEAD.length);
  const free = Buffer.alloc(rest);
  free.writeUInt32BE(rest);
  free.write('free', 4, 'latin1');
  return Buffer.concat([HEAD, free]);
}
