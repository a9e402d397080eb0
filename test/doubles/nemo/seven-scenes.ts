/** A film of seven scenes with words under it, and what an edit makes of it. */
const NAMES = [
  'sunrise over the harbour',
  'fishing boats leave',
  'the market opens',
  'people drink tea',
  'a tram goes uphill',
  'rain on the roofs',
  'night lights',
];
const LINES = [
  'The day begins early.',
  'Some are out before the sun.',
  'By seven the market is full.',
  'There is always time for tea.',
  'Up to the old town,',
  'whatever the weather,',
  'and home again.',
];
const SCENE_MS = 4_500;

const film = (names: readonly string[]) => ({
  tt: 0,
  sg: names.map((title) => ({ d: SCENE_MS, m: { title } })),
});
const music = (volume: number) => ({
  tt: 1,
  sg: [{ d: SCENE_MS * NAMES.length, m: { title: 'Lo-fi', volume } }],
});
const subtitles = {
  tt: 7,
  sg: LINES.map((text, at) => ({ st: at * SCENE_MS + 500, d: 3_500, m: { text } })),
};
const around = (t: readonly object[]) => ({
  t,
  d: SCENE_MS * NAMES.length,
  m: { title: 'A day in the harbour', width: 1920, height: 1080 },
});

export const sevenScenes = around([film(NAMES), music(0.35)]);
/** Another fourth scene, and the music is softer. */
export const sevenEdited = around([
  film(NAMES.map((name, at) => (at === 3 ? 'a teapot steams' : name))),
  music(0.2),
]);
export const sevenSubtitled = around([film(NAMES), music(0.35), subtitles]);
export const sevenLines: readonly string[] = LINES;
