/** An archive without compression, for a library that takes nothing else: made here, it holds no surprise. */
import { crc32 } from 'node:zlib';

const LOCAL_ENTRY = 0x04034b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_RECORD = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;

/** Names and contents in this order. For less than 4 GB and 65,535 parts. */
export function storedZip(parts: Iterable<readonly [name: string, content: Uint8Array]>): Buffer {
  const bodies: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const title = Buffer.from(name);
    const facts = factsOf(content, title.length);
    const local = Buffer.concat([signature(LOCAL_ENTRY), facts, title]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const version = Buffer.from([VERSION, 0]);
    directory.push(signature(CENTRAL_ENTRY), version, facts, place, title);
    bodies.push(local, content);
    offset += local.length + content.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(bodies.length / 2, 4);
  end.writeUInt16LE(bodies.length / 2, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, listed, signature(END_RECORD), end]);
}

/** What both headers of an entry say, from the version to the length of the extra field. */
function factsOf(content: Uint8Array, nameBytes: number): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(VERSION, 0);
  facts.writeUInt16LE(FLAGS, 2);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(nameBytes, 22);
  return facts;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
