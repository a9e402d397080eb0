// Over 250 lines: its cases share one setup and read as one list.
/** Runs over real SSE: what is said, what changes, what it costs, and every fault on request. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Client, OPERATOR, PATIENCE, runBody, segments, startClient } from './client.ts';

let client: Client;
let session: string;
const start = async (...options: Parameters<typeof startClient>) => {
  client = await startClient(...options);
  session = await client.session();
};
afterEach(() => client.simulator.close());

const SCRIPT = 'The sea is calm. Gulls cry over the pier. Evening comes!';
const VIDEO = 0;
const TEXT = 7;
const title = async () => segments(await client.state(session), TEXT)[0]?.m['text'];

describe('a generation', () => {
  test('speaks of the plan, the raw clip and the extras, and leaves three tracks', async () => {
    await start();
    const run = await client.run(session, SCRIPT);
    expect(run.type).toMatch(/^text\/event-stream/);
    expect(run.said).toEqual([
      expect.stringContaining('3 scenes'),
      expect.stringContaining('raw clip is ready'),
      expect.stringContaining('I added "Lo-fi"'),
    ]);
    const state = await client.state(session);
    expect(state.draft.t?.map((track) => track.tt)).toEqual([0, 1, 7]);
    expect(segments(state, VIDEO).map((segment) => segment.m['title'])).toEqual([
      'The sea is calm.',
      'Gulls cry over the pier.',
      'Evening comes!',
    ]);
    expect(state.generated_media).toHaveLength(1);
  });

  test('speaks the language of the script', async () => {
    await start();
    const run = await client.run(session, '清晨的海边很安静。海鸥飞过码头。');
    expect(run.said.join('')).toMatch(/2 个场景.*原始片段已生成.*我添加了背景音乐/s);
  });

  test('beats in changing forms while it works', async () => {
    await start();
    const { raw } = await client.run(session, SCRIPT);
    for (const form of [
      'data:\n\n',
      'data: heartbeat\n\n',
      '{"type":"heartbeat"}',
      '{"type":"ping"}',
    ]) {
      expect(raw).toContain(form);
    }
  });

  test('beats in one form, where asked', async () => {
    await start({ heartbeat: 'comment', heartbeatMs: 10_000 });
    const { raw } = await client.run(session, SCRIPT);
    expect(raw.match(/^: keep-alive$/gm)?.length).toBeGreaterThanOrEqual(5);
    expect(raw).not.toContain('heartbeat');
  });

  test('freezes its cost while it works and takes it at the end', async () => {
    await start();
    const run = client.run(session, `${SCRIPT} [[sim:slow]]`);
    await expect
      .poll(() => client.credits(), PATIENCE)
      .toEqual({ available: 990, frozen: 10, total: 1000 });
    await run;
    expect(await client.credits()).toEqual({ available: 990, frozen: 0, total: 990 });
  });

  test('is refused with 2001 when the credits are used up', async () => {
    await start({ credits: 12 });
    await client.run(session, SCRIPT);
    await client.run(session, 'make it shorter');
    const refused = await client.post('/run_sse', runBody(session, 'make it longer'));
    expect([refused.status, refused.body]).toMatchObject([402, { code: 2001 }]);
    expect(await client.credits()).toMatchObject({ available: 0, frozen: 0 });
  });

  test('uses the uploads in their order, once', async () => {
    await start();
    const files = ['one.png', 'two.jpg', 'three.mp4'].map((name) => new File([name], name));
    await client.upload(session, files);
    await client.run(
      session,
      `${SCRIPT}\n\nUploaded files: one.png (image), two.jpg (image), three.mp4 (video)`,
    );
    const names = async () =>
      segments(await client.state(session), VIDEO).map((entry) => entry.m['filename']);
    expect(await names()).toEqual(['one.png', 'two.jpg', 'three.mp4']);
    await client.run(session, 'make a video about quiet lakes');
    expect(await names()).toEqual([undefined, undefined, undefined]);
  });
});

describe('an edit', () => {
  test('changes the draft and says how', async () => {
    await start();
    await client.run(session, SCRIPT);
    const run = await client.run(session, "add a title 'Hello'");
    expect(run.said).toEqual([expect.stringContaining('"Hello"')]);
    expect(await title()).toBe('Hello');
  });

  test('is silent every third time', async () => {
    await start();
    await client.run(session, SCRIPT);
    const said: number[] = [];
    for (const name of ['A1', 'A2', 'A3', 'A4', 'A5', 'A6']) {
      said.push((await client.run(session, `add a title '${name}'`)).said.length);
      expect(await title()).toBe(name);
    }
    expect(said).toEqual([1, 1, 0, 1, 1, 0]);
  });

  test('talks of buttons now and then', async () => {
    await start();
    const said: string[] = [];
    for (const text of [
      SCRIPT,
      'shorter',
      'longer',
      'new video please [[sim:silent]]',
      '竖屏 [[sim:gui]]',
    ]) {
      said.push(...(await client.run(session, text)).said);
    }
    expect(said.some((text) => /按钮|面板/.test(text))).toBe(true);
  });
});

describe('dialects', () => {
  const wanted = /raw clip is ready.*I added \\?"Lo-fi/s;

  test('adk-stream says each text in pieces and once more whole', async () => {
    await start({ stream: 'adk-stream' });
    const run = await client.run(session, SCRIPT);
    expect(run.events.filter((event) => event['partial'] === true).length).toBeGreaterThan(5);
    expect(run.said.join(' ')).toMatch(wanted);
  });

  test('typed and flat', async () => {
    await start({ stream: 'typed' });
    const typed = await client.run(session, SCRIPT);
    expect(typed.raw).toMatch(wanted);
    expect(new Set(typed.events.map((event) => event['type']))).toEqual(
      new Set(['text', 'tool_call', 'tool_result', 'heartbeat', 'ping']),
    );
    const flat = await client.run(session, 'make it shorter [[sim:flat]]');
    expect(flat.events).toContainEqual({ text: expect.stringContaining('length changed') });
  });

  test('thoughts are marked as such', async () => {
    await start();
    const run = await client.run(session, `${SCRIPT} [[sim:thought]]`);
    expect(run.raw).toContain('"thought":true');
    expect(run.said.join('')).not.toContain('I should plan');
  });
});

describe('switches', () => {
  const drafted = async () => (await client.state(session)).draft.t !== undefined;

  test('silent, gui, question', async () => {
    await start();
    await client.run(session, SCRIPT);
    expect((await client.run(session, "add a title 'X1' [[sim:silent]]")).said).toEqual([]);
    expect(await title()).toBe('X1');
    expect((await client.run(session, 'shorter [[sim:gui]]')).said.join()).toMatch(/button|panel/i);
    const asked = await client.run(session, 'longer [[ sim:QUESTION ]]');
    expect(asked.raw).toContain('"name":"ask_question"');
    expect((await client.run(session, 'make it better')).raw).toContain('ask_question');
  });

  test('drop: the connection breaks, the result comes all the same', async () => {
    await start();
    expect((await client.run(session, `${SCRIPT} [[sim:drop]]`)).broken).toBe(true);
    await expect.poll(async () => (await client.state(session)).draft.t?.length, PATIENCE).toBe(3);
    expect(await client.credits()).toMatchObject({ total: 990 });
  });

  test('drop-never: nothing comes and nothing is charged', async () => {
    await start();
    expect((await client.run(session, `${SCRIPT} [[sim:drop-never]]`)).broken).toBe(true);
    await expect.poll(() => client.simulator.snapshot().runs[0]?.status, PATIENCE).toBe('done');
    expect(await drafted()).toBe(false);
    expect(await client.credits()).toMatchObject({ total: 1000 });
  });

  test('late-write: the stream closes as ever, and the change is stored in the end', async () => {
    await start();
    const run = await client.run(session, 'make a video about tea [[sim:late-write]]');
    expect([run.broken, run.said.length]).toEqual([false, 3]);
    await expect.poll(drafted, PATIENCE).toBe(true);
  });

  test.each([
    ['error', '{"error":"Model call failed: upstream timeout"}'],
    ['error-broken', '{"error":"Model call failed: {"status"'],
    ['safety', '"errorCode":"SAFETY"'],
    ['no-credits-stream', '{"code":2001'],
    ['garbage', '<<<not json>>>'],
    ['temp-issue-only', 'temporary issue'],
  ])('%s: nothing is done and nothing charged', async (name, bytes) => {
    await start();
    const run = await client.run(session, `${SCRIPT} [[sim:${name}]]`);
    expect(run.raw).toContain(bytes);
    expect(await drafted()).toBe(false);
    expect(await client.credits()).toMatchObject({ total: 1000, frozen: 0 });
  });

  test('temp-issue, leak and max-tokens come with the work done', async () => {
    await start();
    const first = await client.run(session, `${SCRIPT} [[sim:temp-issue]]`);
    expect(first.said.at(-1)).toContain('temporary issue');
    const second = await client.run(session, 'shorter [[sim:leak]] [[sim:max-tokens]]');
    expect(second.raw).toContain(OPERATOR);
    expect(second.raw).toContain('MAX_TOKENS');
  });

  test('huge-event is 10 MB, nothing is nothing', async () => {
    await start();
    const huge = await client.run(session, `${SCRIPT} [[sim:huge-event]]`);
    expect(huge.said.join('').length).toBe(10 * 1024 * 1024);
    const none = await client.run(session, `${SCRIPT} [[sim:nothing]]`);
    expect([none.status, none.raw]).toEqual([200, '']);
  });

  test('stall sends not one byte more; a new message takes its place', async () => {
    await start();
    const leave = new AbortController();
    const stalled = fetch(`${client.simulator.url}/run_sse`, {
      method: 'POST',
      headers: {
        'x-skill-source': 'a',
        'x-skill-version': '1',
        'x-skill-platform': 'b',
        authorization: `Bearer ${OPERATOR}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(runBody(session, `${SCRIPT} [[sim:stall]]`)),
      signal: leave.signal,
    });
    expect((await stalled).status).toBe(200);
    leave.abort();
    await expect.poll(async () => (await client.run(session, SCRIPT)).status, PATIENCE).toBe(200);
    expect(client.simulator.snapshot().runs[0]?.status).toBe('cancelled');
  });

  test.each([
    ['no-credits', 402, 2001],
    ['expired', 401, 1001],
    ['lost-session', 404, 1002],
    ['rate-limit', 429, 429],
  ])('%s refuses the run', async (name, status, code) => {
    await start();
    const reply = await client.post('/run_sse', runBody(session, `${SCRIPT} [[sim:${name}]]`));
    expect([reply.status, reply.body]).toMatchObject([status, { code }]);
  });

  test('a refusal happens once: the same message again gets through', async () => {
    await start();
    const text = `${SCRIPT} [[sim:rate-limit]]`;
    expect((await client.run(session, text)).status).toBe(429);
    expect((await client.run(session, text)).said).toHaveLength(3);
  });

  test('502 does nothing, 502-done does the work', async () => {
    await start();
    const failed = await client.post('/run_sse', runBody(session, `${SCRIPT} [[sim:502]]`));
    expect([failed.status, failed.text]).toEqual([502, expect.stringContaining('<html>')]);
    expect(client.simulator.snapshot().runs).toEqual([]);
    await client.post('/run_sse', runBody(session, `${SCRIPT} [[sim:502-done]]`));
    await expect.poll(drafted, PATIENCE).toBe(true);
  });

  test('an unknown one stays in the text', async () => {
    await start();
    await client.run(session, `${SCRIPT} [[sim:sillent]]`);
    const texts = segments(await client.state(session), VIDEO).map((entry) => entry.m['text']);
    expect(texts.join(' ')).toContain('sim:sillent');
  });
});
