/**
 * A recorded voice message (Opus in Ogg, RFC 7845) as WAV, which the backend takes: mono, 16 bits, 16 kHz. Speech has
 * little above 8 kHz, and a minute stays below two megabytes.
 */
import { OpusDecoder } from 'opus-decoder';
import { DocumentUnreadable } from '../document.ts';
import { packetsOf } from './ogg-packets.ts';
import type { Recording } from './recording.ts';

export const WAVE_RATE = 16_000;
/** Opus counts in these, whatever was recorded. */
const OPUS_RATE = 48_000;
const RATIO = OPUS_RATE / WAVE_RATE;
/** What the decoder has room for, per channel; no encoder writes more. */
const LONGEST_PACKET = 3_840;

/** Throws `DocumentUnreadable`. */
export async function opusToWave(bytes: Uint8Array, maxSeconds: number): Promise<Recording> {
  const { packets, end } = packetsOf(bytes);
  const [first, tags, ...audio] = packets;
  const { channels, skip, factor } = headOf(first);
  if (tags === undefined) throw damaged('there is nothing behind the head');
  const length = end === undefined ? undefined : Math.ceil((end - skip) / RATIO);
  // As it says itself; a file that says otherwise is stopped by what comes of it.
  if ((length ?? 0) > maxSeconds * WAVE_RATE) throw tooLong(maxSeconds);
  const decoder = new OpusDecoder({ channels, sampleRate: WAVE_RATE });
  await decoder.ready;
  try {
    const samples = samplesOf(decoder, audio, { channels, factor, maxSeconds });
    const from = Math.round(skip / RATIO);
    const heard = samples.subarray(from, length === undefined ? undefined : from + length);
    if (heard.length === 0) throw new DocumentUnreadable('empty', 'the recording has no sound');
    return { wave: waveOf(heard), seconds: heard.length / WAVE_RATE };
  } finally {
    decoder.free();
  }
}

interface Head {
  readonly channels: number;
  /** At the start, in samples of 48 kHz. */
  readonly skip: number;
  /** The loudness that the file asks for. */
  readonly factor: number;
}

function headOf(packet: Uint8Array | undefined): Head {
  if (!packet || Buffer.from(packet.subarray(0, 8)).toString('latin1') !== 'OpusHead')
    throw new DocumentUnreadable('wrong-kind', 'the recording is not of Opus');
  if (packet.length < 19) throw damaged('the head is cut off');
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const channels = view.getUint8(9);
  const isVoice = view.getUint8(18) === 0 && (channels === 1 || channels === 2);
  if (!isVoice) throw new DocumentUnreadable('wrong-kind', 'more channels than a voice has');
  const factor = 10 ** (view.getInt16(16, true) / (20 * 256));
  return { channels, skip: view.getUint16(10, true), factor };
}

type Voice = Pick<Head, 'channels' | 'factor'> & { readonly maxSeconds: number };

function samplesOf(
  decoder: OpusDecoder<typeof WAVE_RATE>,
  packets: readonly Uint8Array[],
  { channels, factor, maxSeconds }: Voice,
): Int16Array {
  const pieces: Int16Array[] = [];
  let length = 0;
  for (const packet of packets) {
    if (packet.length > LONGEST_PACKET * channels) throw damaged('a packet is too large');
    const { channelData, samplesDecoded, errors } = decoder.decodeFrame(packet);
    if (errors.length > 0) throw damaged('a packet cannot be decoded');
    pieces.push(mixed(channelData, samplesDecoded, factor));
    length += samplesDecoded;
    if (length > (maxSeconds + 1) * WAVE_RATE) throw tooLong(maxSeconds);
  }
  const all = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function mixed(channels: readonly Float32Array[], length: number, factor: number): Int16Array {
  const [left, right = left] = channels;
  const piece = new Int16Array(length);
  for (let at = 0; at < length; at += 1) {
    const value = (((left?.[at] ?? 0) + (right?.[at] ?? 0)) / 2) * factor * 32_767;
    piece[at] = Math.max(-32_768, Math.min(32_767, Math.round(value)));
  }
  return piece;
}

const WAVE_HEAD = 44;

function waveOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const wave = Buffer.from(new ArrayBuffer(WAVE_HEAD + samples.length * 2));
  wave.write('RIFF', 0, 'latin1');
  wave.writeUInt32LE(wave.length - 8, 4);
  wave.write('WAVEfmt ', 8, 'latin1');
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(WAVE_RATE, 24);
  wave.writeUInt32LE(WAVE_RATE * 2, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36, 'latin1');
  wave.writeUInt32LE(samples.length * 2, 40);
  const view = new DataView(wave.buffer, WAVE_HEAD);
  for (let at = 0; at < samples.length; at += 1) view.setInt16(at * 2, samples[at] ?? 0, true);
  return new Uint8Array(wave.buffer);
}

const damaged = (why: string): DocumentUnreadable => new DocumentUnreadable('damaged', why);
const tooLong = (seconds: number): DocumentUnreadable =>
  new DocumentUnreadable('too-large', `the recording is longer than ${seconds} seconds`);
