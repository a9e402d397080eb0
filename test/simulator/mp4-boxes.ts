/** A small reader of ISO base media files: enough to tell what a player would find. */
export interface Film {
  readonly brand: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly frames: number;
  /** Numbers of the key frames, from 1; undefined when every frame claims to be one. */
  readonly keyFrames: readonly number[] | undefined;
  /** Names of the boxes at the top, in order. */
  readonly boxes: readonly string[];
}

interface Box {
  readonly name: string;
  readonly body: Buffer;
}

/** Throws when a box is missing or reaches over the end of what holds it. */
export function readFilm(mp4: Buffer): Film {
  const top = boxes(mp4);
  const moov = boxes(pick(top, 'moov'));
  const header = pick(moov, 'mvhd');
  const track = boxes(pick(moov, 'trak'));
  const media = boxes(pick(boxes(pick(track, 'mdia')), 'minf'));
  const table = boxes(pick(media, 'stbl'));
  // Version and flags, then the number of entries, then the entries.
  const entry = boxes(pick(table, 'stsd').subarray(8))[0];
  if (!entry) throw new Error('no sample entry');
  boxes(entry.body.subarray(78)).find((box) => box.name === 'avcC') ?? fail('no avcC');
  const keys = table.find((box) => box.name === 'stss')?.body;
  if (pick(top, 'mdat').length === 0) fail('no media data');
  return {
    brand: pick(top, 'ftyp').toString('latin1', 0, 4),
    codec: entry.name,
    width: entry.body.readUInt16BE(24),
    height: entry.body.readUInt16BE(26),
    seconds: header.readUInt32BE(16) / header.readUInt32BE(12),
    frames: pick(table, 'stsz').readUInt32BE(8),
    keyFrames:
      keys && Array.from({ length: keys.readUInt32BE(4) }, (_, i) => keys.readUInt32BE(8 + i * 4)),
    boxes: top.map((box) => box.name),
  };
}

function boxes(data: Buffer): Box[] {
  const list: Box[] = [];
  for (let at = 0; at < data.length; ) {
    const short = data.readUInt32BE(at);
    const long = short === 1;
    const size = long ? Number(data.readBigUInt64BE(at + 8)) : short;
    const head = long ? 16 : 8;
    if (size < head || at + size > data.length) fail(`a box of ${size} bytes at ${at}`);
    const name = data.toString('latin1', at + 4, at + 8);
    list.push({ name, body: data.subarray(at + head, at + size) });
    at += size;
  }
  return list;
}

function pick(list: readonly Box[], name: string): Buffer {
  return list.find((box) => box.name === name)?.body ?? fail(`no ${name}`);
}

function fail(message: string): never {
  throw new Error(message);
}
