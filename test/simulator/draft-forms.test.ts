/** The stand-in's projects in the vendor's newer markup and in a form that nobody knows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { sessionStateOf } from '../../src/nemo/session-state.ts';
import { tracksOf } from '../../src/nemo/timeline.ts';
import { type Client, startClient } from './client.ts';

let client: Client;
beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.simulator.close());

const rules = () => client.simulator.snapshot().violations.map(({ rule }) => rule);
const schema = z.object({ data: z.object({ state: z.object({ draft: z.json() }) }) });
async function draftOf(session: string) {
  const { body } = await client.get(`/api/state/nemo_agent/me/${session}/latest`);
  return schema.parse(body).data.state.draft;
}
const timelineOf = (draft: z.infer<typeof schema>['data']['state']['draft']) =>
  sessionStateOf({ draft, canvas: null, videoInfos: null, generatedMedia: null }).timeline;
const order = (sessionId: string, id: string, draft: unknown) =>
  client.post('/api/render/proxy/lambda', { id, sessionId, draft });

test('markup is shown from the message on that asks for it, and is a film like any other', async () => {
  const session = await client.session();
  await client.run(session, 'a 1-second video: Tea & "rain" <3 [[sim:markup-draft]]');
  const draft = await draftOf(session);
  expect(draft).toMatch(/^<draft fps="30"/);
  const timeline = timelineOf(draft);
  expect(tracksOf(timeline)[0]).toMatchObject({ kind: 'video', segments: [{ start: 0, end: 1 }] });
  await client.run(session, "add a title 'Hello'");
  const edited = await draftOf(session);
  expect(tracksOf(timelineOf(edited)).at(-1)?.segments[0]?.name).toBe('Hello');
  await order(session, 'markup-1', edited);
  expect((await client.rendered('markup-1')).status).toBe('completed');
  expect(rules()).toEqual([]);
});

test('a form that nobody knows is a film, too, as long as it comes back as it was', async () => {
  const session = await client.session();
  await client.run(session, 'a 1-second video: Hi. [[sim:strange-draft]]');
  const draft = await draftOf(session);
  expect(timelineOf(draft).form).toBe('unknown');
  await order(session, 'strange-1', draft);
  expect((await client.rendered('strange-1')).status).toBe('completed');
  expect(rules()).toEqual([]);
  await order(session, 'strange-2', { ...Object(draft), until: 1 });
  expect(rules()).toEqual(['draft-altered']);
});
