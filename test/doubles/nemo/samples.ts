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

/**
 * The same video in the vendor's newer markup: as a string with what such documents hold besides tracks, escapes and
 * blanks that have to come back with the render order as they are.
 */
export const markupOf = (...parts: readonly string[]): string =>
  `<draft fps="30" width="1080" height="1920" duration="10000">
  <!-- <track id="old"><clip id="gone" in="0" out="1"/></track> -->
${parts.join('\n')}
  <transitions></transitions>
</draft>
`;
export const markupClip = `  <track id="t1" type="video">
    <clip id="c1" in="0" out="10000" source-start='0'><video src="asset://video/city%20timelapse.mp4" :volume="v &lt; 1"></video></clip>
  </track>`;
export const markupMusic = (volume = 0.35): string =>
  `  <track id="t2" type="bgm"><clip id="c2" in="0" out="10000"><audio src="asset://audio/lo-fi.mp3" volume="${volume}"/></clip></track>`;
export const markupTitle = (words = 'Urban Dreams'): string => `  <track id="t3" type="text">
    <styles>.big { color: #fff } .a > .b { left: 0 }</styles>
    <clip id="c3" class="big" in="0" out="3000"><div>${words}</div></clip>
  </track>`;
export const markupDraft = markupOf(markupClip, markupMusic(), markupTitle());

/** A form that nobody has described: with a clip in it, by all appearance. */
export const unknownDraft = {
  schema: 'timeline/9',
  layers: [{ kind: 'clip', from: 0, to: 300, ref: 'city timelapse' }],
  rate: 30,
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
