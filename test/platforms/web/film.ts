/** A real MP4 of one second, small enough for a test. */
import encoders from 'h264-mp4-encoder';

export async function encodeFilm(): Promise<Buffer> {
  const encoder = await encoders.createH264MP4Encoder();
  encoder.width = 160;
  encoder.height = 90;
  encoder.frameRate = 5;
  encoder.initialize();
  for (let frame = 0; frame < 5; frame += 1) {
    encoder.addFrameRgba(new Uint8Array(160 * 90 * 4).fill(40 + 40 * frame));
  }
  encoder.finalize();
  const bytes = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
  return bytes;
}
