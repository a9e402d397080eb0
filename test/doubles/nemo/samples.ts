/** Data the double answers with when a test does not say otherwise. */

/** Three tracks: a ten second clip, music at 35 % and a title. */
export const sampleDraft = {
  t: [
    { tt: 0, sg: [{ d: 10000, m: { title: 'city timelapse' } }] },
    { tt: 1, sg: [{ d: 10000, m: { title: 'Lo-fi', volume: 0.35 } }] },
    { tt: 7, sg: [{ d: 3000, m: { text: 'Urban Dreams' } }] },
  ],
  d: 10000,
  m: { title: 'Urban Dreams', width: 1080, height: 1920 },
  x_unknown: { keep: 1 },
};

/** Starts like every MP4 (`ftyp`, then `moov` and `mdat` boxes) and holds no real frames. */
export function tinyMp4(mediaBytes = 4096): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1')),
    box('moov', Buffer.alloc(108)),
    box('mdat', Buffer.alloc(mediaBytes, 'frame')),
  ]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
