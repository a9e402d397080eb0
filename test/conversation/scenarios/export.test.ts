// Over 250 lines: its cases share one setup and read as one list.
import { expect, test } from 'vitest';
import { FileRefused } from '../../../src/platforms/chat.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { exported, ready, renders } from './exporting.ts';
import { hear, open, runs, story, texts, times, tryAgain } from './support.ts';

test('case 60: "export" without a timeline: generate something first, and no render', async () => {
  const house = await open();
  await house.room.write('export');
  await house.idle();
  expect(story(house)).toContain('Nothing to export yet: generate something first.');
  expect(renders(house)).toEqual([]);
  expect(runs(house)).toBe(0);
});

test('case 93: after mere talk the agent’s last words are repeated, without its GUI talk', async () => {
  const house = await open();
  house.nemo.script(say('Which city do you mean? Click the Export button when done.'));
  await house.room.write('A film about the city.');
  await house.idle();
  await house.room.write('export');
  await house.idle();
  expect(story(house)).toMatch(/Nothing to export yet[\s\S]*“Which city do you mean\?”/);
  expect(renders(house)).toEqual([]);
});

test('case 61: the order holds sessionId, the draft as it is and mp4/high; link and file are delivered', async () => {
  const house = await ready();
  const said = await exported(house);
  expect(renders(house)).toEqual([
    {
      id: expect.stringMatching(/^render_/),
      sessionId: [...house.nemo.sessions.keys()][0],
      draft: sampleDraft,
      output: { format: 'mp4', quality: 'high' },
    },
  ]);
  expect(said.message.text).toContain(`${house.nemo.filesUrl}/render-result/`);
  expect(said.message.text).toContain('(1080×1920, 10 s)');
  expect(said.file?.content).toEqual(Buffer.from(house.nemo.mp4));
  expect(said.message.mention).toEqual(['U-alice']);
  expect(runs(house)).toBe(1);
});

test.each([
  [
    'data.outputUrl',
    (url: string) => ({ success: true, data: { status: 'completed', outputUrl: url } }),
  ],
  ['output.url at the top', (url: string) => ({ status: 'completed', output: { url } })],
])('case 62: the finished link is found in %s', async (_shape, body) => {
  const house = await ready();
  house.nemo.on('render-state', (_request, world) => ({ json: body(`${world.filesUrl}/x.mp4`) }));
  const said = await exported(house);
  expect(said.message.text).toContain('/x.mp4');
  expect(said.file?.bytes).toBe(house.nemo.mp4.length);
});

test('case 63: "export 1080p MP4" asks for that resolution', async () => {
  const house = await ready();
  await exported(house, 'export 1080p MP4');
  expect(renders(house)[0]).toMatchObject({ output: { format: 'mp4', resolution: '1080p' } });
});

test('case 64: the status message goes from ~30s over the percentages, one look each', async () => {
  const house = await ready();
  house.nemo.renderPlan = [
    { status: 'pending' },
    { status: 'processing', progress: 50 },
    { status: 'completed' },
  ];
  await house.room.write('export');
  await hear(house, /Video ready!/);
  await house.idle();
  const seen = house.room.everSeen().join('\n');
  expect(seen).toMatch(/⏳ Rendering ~30s[\s\S]*⏳ Rendering: 50%[\s\S]*✅ Done/);
  expect(house.nemo.received('render-state')).toHaveLength(3);
});

test('case 96: 0.5 is half, too', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'processing', progress: 0.5 }, { status: 'completed' }];
  await exported(house);
  expect(house.room.everSeen()).toContain('⏳ Rendering: 50%');
});

test('case 65: looks that fail with 503 go on with the same job', async () => {
  const house = await ready();
  for (let n = 0; n < 6; n += 1) house.nemo.once('render-state', { status: 503, text: '' });
  await exported(house);
  expect(renders(house)).toHaveLength(1);
});

test('case 66: a failed render is ordered once more under a new id', async () => {
  const house = await ready();
  house.nemo.once('render-state', {
    json: { success: true, data: { status: 'failed', error: 'oom' } },
  });
  await exported(house);
  const ids = renders(house).map((order) => order['id']);
  expect(new Set(ids).size).toBe(2);
});

test('case 66: failed twice, the export has failed, and a button exports again', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'failed', error: 'out of memory at worker 3' }];
  await house.room.write('export');
  const said = await hear(house, /Export failed, please try again later\./);
  await house.idle();
  expect(renders(house)).toHaveLength(2);
  expect(said.message.buttons?.map((b) => b.does)).toEqual([{ action: 'export' }]);
  expect(texts(house)).toContain('⚠️ Failed');
  house.nemo.renderPlan = [{ status: 'completed' }];
  await house.room.press('export');
  await hear(house, /Video ready!/);
  await house.idle();
});

test('case 67: a lost answer to the order is looked up by its own id: one job', async () => {
  const house = await ready();
  house.nemo.once('render', (request, world) => {
    world.renders.set(String((request.json as { id: string }).id), { polls: 0 });
    return { drop: true };
  });
  await exported(house);
  expect(house.nemo.renders.size).toBe(1);
});

test.each([
  ['case 68: as HTTP 409', refused(409, 409, 'duplicate id')],
  ['case 94: as success:false with HTTP 200', { json: { success: false, error: 'duplicate id' } }],
])('%s: a duplicate id is replaced once', async (_how, body) => {
  const house = await ready();
  house.nemo.once('render', body);
  await exported(house);
  expect(renders(house)).toHaveLength(2);
  expect(renders(house)[0]?.['id']).not.toBe(renders(house)[1]?.['id']);
});

test('case 68: an order that is refused again and again fails after two, in words about the export', async () => {
  const house = await ready();
  house.nemo.on('render', refused(400, 400, 'bad draft'));
  await house.room.write('export');
  await hear(house, /Export failed, please try again later\./);
  await house.idle();
  expect(renders(house)).toHaveLength(2);
});

test('case 71: finished without a link: one more look, then the download route gives the file', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'completed', outputUrl: null }];
  const said = await exported(house);
  expect(house.nemo.received('render-state')).toHaveLength(2);
  expect(house.nemo.received('download')).toHaveLength(1);
  expect(said.file?.content).toEqual(Buffer.from(house.nemo.mp4));
  expect(said.message.text).not.toContain('http');
});

test('case 72: a download route that answers with a link is followed', async () => {
  const house = await ready();
  house.nemo.renderPlan = [{ status: 'completed', outputUrl: null }];
  house.nemo.on('download', (_request, world) => ({
    json: { output: { url: `${world.filesUrl}/y.mp4` } },
  }));
  const said = await exported(house);
  expect(said.file?.bytes).toBe(house.nemo.mp4.length);
});

test('case 73: a link that is refused falls back to the download route', async () => {
  const house = await ready();
  house.nemo.on('file', { status: 403, text: 'denied' });
  const said = await exported(house);
  expect(said.file?.bytes).toBe(house.nemo.mp4.length);
});

test('a link that breaks off on its way is followed by the download route, which gives the whole', async () => {
  const house = await ready();
  const { mp4 } = house.nemo;
  const headers = { 'content-type': 'video/mp4' };
  house.nemo.on('file', { bytes: mp4, headers, breakAfter: mp4.length / 2 });
  const said = await exported(house);
  expect(said.file?.content).toEqual(Buffer.from(mp4));
  expect(said.message.text).toContain('render-result');
  expect(times(house, /Video ready!/)).toBe(1);
  expect(house.nemo.received('download')).toHaveLength(1);
});

test('a file that breaks off on both ways is a link with a sentence why', async () => {
  const house = await ready();
  const { mp4 } = house.nemo;
  const broken = { bytes: mp4, headers: { 'content-type': 'video/mp4' }, breakAfter: 1_000 };
  house.nemo.on('file', broken);
  house.nemo.on('download', broken);
  const said = await exported(house);
  expect(said.file).toBeUndefined();
  expect(times(house, /Video ready!/)).toBe(1);
});

test('case 73: when both fail the link stands, with an apology', async () => {
  const house = await ready();
  house.nemo.on('file', { status: 403, text: 'denied' });
  house.nemo.on('download', { status: 404, json: { detail: 'gone' } });
  const said = await exported(house);
  expect(said.file).toBeUndefined();
  expect(said.message.text).toMatch(/render-result[\s\S]*could not be fetched to post it here/);
});

test('a page of HTML where the video should be is never posted as a video', async () => {
  const house = await ready();
  house.nemo.on('file', { text: '<html>login</html>', headers: { 'content-type': 'video/mp4' } });
  house.nemo.on('download', { text: 'not found', headers: { 'content-type': 'video/mp4' } });
  const said = await exported(house);
  expect(said.file).toBeUndefined();
});

test('case 74: a file over the place’s limit is a link with a sentence why', async () => {
  const house = await ready();
  house.room.fileBytes = 1000;
  const said = await exported(house);
  expect(said.file).toBeUndefined();
  expect(said.message.text).toMatch(
    /render-result[\s\S]*over the 1000 bytes limit here, so here is the link/,
  );
});

test.each([
  ['too-large', /larger than this place allows, so here is the link/],
  ['not-allowed', /Files cannot be posted here/],
  ['storage-full', /file storage here is full/],
  ['failed', /file could not be posted here/],
] as const)(
  'a platform that refuses the file (%s) still gets link, text and buttons',
  async (reason, words) => {
    const house = await ready();
    const refusal = new FileRefused(reason, 'refused on purpose');
    // What fails for no reason that is said is tried by each of two ways.
    house.room.fileRefusals.push(refusal, ...(reason === 'failed' ? [refusal] : []));
    const said = await exported(house);
    expect(said.message.text).toMatch(words);
    expect(said.file).toBeUndefined();
    expect(said.message.text).toContain('render-result');
    expect(said.message.buttons?.length).toBeGreaterThan(0);
  },
);

test('a file of unknown length goes by the disk, and as a link where there is no room on it', async () => {
  const house = await ready({ mostSpooled: 100_000 });
  house.nemo.on('file', (_request, { mp4 }) => ({ bytes: mp4, chunked: true }));
  expect((await exported(house)).file?.content).toEqual(Buffer.from(house.nemo.mp4));
  const cramped = await ready({ mostSpooled: house.nemo.mp4.length - 1 });
  cramped.nemo.on('file', (_request, { mp4 }) => ({ bytes: mp4, chunked: true }));
  const said = await exported(cramped);
  expect(said.file).toBeUndefined();
  expect(said.message.text).toMatch(
    /render-result[\s\S]*no room here just now to pass the file on/,
  );
});

test('case 75: the host of the files is asked without our token', async () => {
  const house = await ready();
  await exported(house);
  expect(house.nemo.received('file').map((r) => r.headers.authorization)).toEqual([undefined]);
});

test('case 83: an editor link that cannot be had is said to the one who asked; delivery goes on', async () => {
  const house = await ready();
  house.nemo.on('claim-token', { status: 500, text: '<html></html>' });
  await exported(house);
  expect(await house.room.press('editor')).toEqual([
    'The editor link is not available right now. Please try again later.',
  ]);
});

test('the editor link is for the one who pressed, and never in the thread', async () => {
  const house = await ready();
  const [answer] = await house.room.press('editor');
  expect(answer).toContain('https://nemovideo.com/workspace/claim?ct=clm_double');
  expect(house.room.everSeen().join()).not.toContain('claim');
});

test.each([
  ['busy', refused(429, 429, 'slow down'), /busy right now/],
  ['not in the plan', { status: 402 }, /plan/],
] as const)(
  'an order that was certainly not taken (%s) fails after the answer, is open no more, and is retried as an export: nothing is generated twice',
  async (_how, answer, told) => {
    const house = await open({ rules: { autoExport: 'first' } });
    house.nemo.on('render', answer);
    await house.room.write('A film about tea.');
    const failed = await hear(house, told);
    await house.idle();
    expect(await house.ledger.renders(toThreadKey('web:w:c:t1'))).toMatchObject([
      { phase: 'failed' },
    ]);
    house.nemo.on('render', () => undefined);
    const looks = house.nemo.received('render-state').length;
    if (failed.message.buttons?.some(({ does }) => 'action' in does && does.action === 'retry'))
      await tryAgain(house, failed);
    else await house.room.write('retry');
    await hear(house, /Video ready!/);
    await house.idle();
    expect(runs(house)).toBe(1);
    // What is known not to be there is not looked for: each look is for the job that was made.
    const asked = house.nemo.received('render-state').slice(looks);
    expect(
      asked.every(({ path }) => [...house.nemo.renders.keys()].some((id) => path.endsWith(id))),
    ).toBe(true);
  },
);
