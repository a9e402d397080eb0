/**
 * The encoder's muxer writes no "stss" box, and by ISO/IEC 14496-12 that means "every picture is a
 * key frame": players then seek to pictures that they cannot decode. This adds the box. The index
 * stands behind the media data, so that nothing else moves.
 */
const PARENTS = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

/** `samples` are the numbers of the key frames, counted from 1. */
export function markKeyFrames(mp4: Buffer, samples: readonly number[]): Buffer {
  const parents: number[] = [];
  let from = 0;
  let until = mp4.length;
  for (const name of PARENTS) {
    const at = findBox(mp4, name, from, until);
    parents.push(at);
    from = at + 8;
    until = at + mp4.readUInt32BE(at);
  }
  if (findBox(mp4, 'mdat', 0, mp4.length) > (parents[0] ?? 0)) {
    throw new Error('the index stands before the media data');
  }
  const box = Buffer.alloc(16 + samples.length * 4);
  box.writeUInt32BE(box.length, 0);
  box.write('stss', 4, 'latin1');
  box.writeUInt32BE(samples.length, 12);
  samples.forEach((sample, i) => {
    box.writeUInt32BE(sample, 16 + i * 4);
  });
  const longer = Buffer.concat([mp4.subarray(0, until), box, mp4.subarray(until)]);
  for (const at of parents) longer.writeUInt32BE(mp4.readUInt32BE(at) + box.length, at);
  return longer;
}

function findBox(mp4: Buffer, name: string, from: number, until: number): number {
  for (let at = from; at + 8 <= until; ) {
    const size = mp4.readUInt32BE(at);
    if (mp4.toString('latin1', at + 4, at + 8) === name) return at;
    if (size < 8) break;
    at += size;
  }
  throw new Error(`no ${name} box`);
}
