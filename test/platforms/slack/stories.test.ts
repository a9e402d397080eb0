// Over 250 lines: its cases share one setup and read as one list.
/** Whole conversations, as people in the thread see them; the same in both ways of receiving events. */
import { afterEach, describe, expect, test } from 'vitest';
import { refused } from '../../doubles/nemo/answers.ts';
import { startNemoDouble } from '../../doubles/nemo/nemo-double.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { firstCut, silentEdit } from '../../doubles/nemo/tea-mountain.ts';
import {
  delivered,
  expectedVideos,
  goesOnMeanwhile,
  hangsAtTheSecond,
  makesThree,
  ORDERS,
  pictures,
} from '../../doubles/nemo/three-videos.ts';
import { startSlackDouble } from '../../doubles/slack/slack-double.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { storyOf } from './story.ts';
import { startTown, type Town, type TownOptions } from './town.ts';

const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0).reverse()) await town.close();
});

async function begin(options: TownOptions): Promise<Town> {
  const town = await startTown(options);
  open.push(town);
  return town;
}

const png = {
  name: 'leaf.png',
  mimetype: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
};
const louder = {
  ...sampleDraft,
  t: sampleDraft.t.map((track) =>
    track.tt === 1 ? { tt: 1, sg: [{ d: 10000, m: { title: 'Lo-fi', volume: 0.8 } }] } : track,
  ),
};

/** Nobody waits for the 👀 on a message, so a story has to. */
async function tells(
  { slack, house }: Town,
  title: string,
  thread: string,
  seen = true,
): Promise<void> {
  await house.idle();
  const people = slack.thread(thread).filter((m) => !m.bot);
  if (seen) await slack.untilTrue(() => people.every((m) => m.reactions.has('eyes')));
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await expect(storyOf(slack, title, thread)).toMatchFileSnapshot(`transcripts/${name}.md`);
  expect(slack.violations).toEqual([]);
  expect(house.nemo.violations).toEqual([]);
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('a mention with a script becomes an MP4 in its thread', async () => {
    const town = await begin({ mode, rules: { autoExport: 'first' } });
    const thread = await town.slack.write('@bot A film about tea in the mountains.');
    await town.slack.until((m) => m.thread_ts === thread && m.files.length > 0);
    await tells(town, 'A mention becomes an MP4', thread);
    const [file] = (await town.slack.until((m) => m.files.length > 0)).files;
    expect(file?.bytes.equals(Buffer.from(town.nemo.mp4))).toBe(true);
  });

  test('a follow-up in the thread needs no mention', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    const thread = await slack.write('@bot A film about tea.');
    await slack.until((m) => /Your video is ready/.test(m.text));
    town.nemo.script({ draft: louder }, say('I made the music louder.'));
    await slack.write('make the music louder', { thread, by: 'U0BOB' });
    await slack.until((m) => /louder\./.test(m.text));
    await tells(town, 'A follow-up', thread);
    expect(town.nemo.sessions.size).toBe(1);
  });

  test('images reach the backend byte for byte', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    const thread = await slack.write('@bot Open on this picture.', {
      files: [png, { name: 'notes.exe', bytes: Buffer.from('MZ a program') }],
    });
    await slack.until((m) => /Your video is ready/.test(m.text));
    await tells(town, 'Images', thread);
    expect(town.nemo.received('upload')).toHaveLength(1);
  });

  test('an edit without a word from the backend is confirmed concretely', async () => {
    const town = await begin({ mode, draft: sampleDraft });
    const { slack } = town;
    town.nemo.script({ draft: louder });
    const thread = await slack.write('@bot make the music louder');
    await slack.until((m) => m.user === 'U0NEMO' && /80/.test(m.text));
    await tells(town, 'A silent edit', thread);
  });

  test('a long answer is split without loss', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    const scenes = Array.from(
      { length: 120 },
      (_, n) => `Scene ${n + 1}: a kettle, <steam> & the sound of rain on a tin roof.`,
    );
    town.nemo.script(say(scenes.join('\n\n')));
    const thread = await slack.write('@bot Write me a long script.');
    await slack.until((m) => /Scene 120/.test(m.text));
    await tells(town, 'A long text', thread);
    const shown = slack
      .thread(thread)
      .map((m) => m.text)
      .join('\n');
    for (const scene of scenes)
      expect(shown).toContain(scene.replace('<steam> &', '&lt;steam&gt; &amp;'));
  });

  test('credits are told to the one who asks, and to nobody else', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    const thread = await slack.write('@bot credits');
    await slack.untilTrue(() => slack.ephemerals.length > 0);
    await tells(town, 'Credits', thread, false);
    expect(slack.ephemerals.map((m) => m.privateTo)).toEqual(['U0ALICE']);
  });

  test('running out of credits', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    town.nemo.once('run_sse', refused(402, 2001, 'insufficient credits'));
    const thread = await slack.write('@bot A film about tea.');
    await slack.until((m) => /credits are used up/.test(m.text));
    await tells(town, 'Out of credits', thread);
  });

  test('a plan without export', async () => {
    const town = await begin({ mode, draft: sampleDraft });
    const { slack } = town;
    town.nemo.script(say('Hello.'));
    const thread = await slack.write('@bot hello there, little film');
    await slack.until((m) => /Hello\./.test(m.text));
    town.nemo.on('render', refused(402, 402, 'export is not part of this plan'));
    await slack.write('export', { thread });
    await slack.until((m) => /plan/.test(m.text));
    await tells(town, 'A plan without export', thread);
  });

  test('stop by the button on the status', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    town.nemo.script({ heartbeat: true }, { hang: true });
    const thread = await slack.write('@bot A film about tea.');
    const status = await slack.until((m) =>
      m.blocks.some((b) => b.elements?.some((e) => e.text?.text === 'Stop')),
    );
    await town.nemo.arrival('run_sse');
    const byBob = await slack.click(status, /Stop/, 'U0BOB');
    expect(byBob.delivered.acked).toBe(true);
    await slack.untilTrue(() => slack.ephemerals.some((m) => /Only/.test(m.text)));
    await slack.click(status, /Stop/);
    await slack.until((m) => /stays charged/.test(m.text));
    await tells(town, 'Stop', thread);
  });

  test('an export that Slack finds too big is delivered as a link', async () => {
    const town = await begin({ mode, draft: sampleDraft });
    const { slack } = town;
    town.nemo.script(say('Hello.'));
    const thread = await slack.write('@bot hello there, little film');
    await slack.until((m) => /Hello\./.test(m.text));
    slack.fail('files.getUploadURLExternal', { error: 'file_upload_size_restricted' });
    await slack.write('export', { thread });
    await slack.until((m) => /Video ready/.test(m.text));
    await tells(town, 'An export too big', thread);
  });

  test('a restart in mid-turn: nothing is sent twice, and the answer still comes', async () => {
    const file = await databaseFile();
    const nemo = await startNemoDouble();
    const slack = await startSlackDouble(mode === 'http' ? { http: { eventsUrl: '' } } : {});
    const first = await startTown({ mode, path: file, slack, nemo });
    nemo.script({ heartbeat: true }, { draft: sampleDraft }, { hang: true });
    const thread = await slack.write('@bot A film about tea.');
    await nemo.arrival('run_sse');
    await slack.until((m) => /Working/.test(m.text));
    await first.close();
    const second = await begin({ mode, path: file, slack, nemo });
    await slack.until((m) => /restarted while/.test(m.text));
    await tells(second, 'A restart in mid-turn', thread);
    await slack.close();
    await nemo.close();
    expect(nemo.received('run_sse')).toHaveLength(1);
  });

  test('three files with an instruction each become three videos, in order', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    makesThree(town.nemo);
    const thread = await slack.write(`@bot ${ORDERS}`, { files: pictures.map(asPng) });
    await slack.until((m) => /All 3 videos are done/.test(m.text));
    await tells(town, 'Three videos from one message', thread);
    expect(videosIn(town, thread)).toEqual(expectedVideos);
    expect(town.nemo.received('run_sse')).toHaveLength(3);
  });

  test('three videos, and a restart after the first', async () => {
    const file = await databaseFile();
    const nemo = await startNemoDouble();
    const slack = await startSlackDouble(mode === 'http' ? { http: { eventsUrl: '' } } : {});
    const first = await startTown({ mode, path: file, slack, nemo });
    hangsAtTheSecond(nemo);
    const thread = await slack.write(`@bot ${ORDERS}`, { files: pictures.map(asPng) });
    await nemo.arrival('run_sse', 2);
    await first.close();
    goesOnMeanwhile(nemo);
    const second = await begin({ mode, path: file, slack, nemo });
    await slack.until((m) => /All 3 videos are done/.test(m.text));
    await tells(second, 'Three videos and a restart', thread);
    expect(videosIn(second, thread)).toEqual(expectedVideos);
    expect(nemo.received('run_sse')).toHaveLength(3);
    expect(nemo.received('render')).toHaveLength(3);
    await slack.close();
    await nemo.close();
  });

  test('an example under the answer to a command begins a thread', async () => {
    const town = await begin({ mode });
    const { slack } = town;
    const { responses } = await slack.command('/nemo', 'help', { by: 'U0BOB' });
    await slack.untilTrue(() => responses.length > 0);
    const blocks = (responses[0]?.['blocks'] ?? []) as SeenMessage['blocks'];
    const answer = { ts: '1.1', channel: 'C0TEA', text: '', blocks, privateTo: 'U0BOB' };
    const clicked = await slack.click(answer, /example 2/, 'U0BOB');
    await slack.until((m) => /Your video is ready/.test(m.text));
    await town.house.idle();
    await slack.untilTrue(() => clicked.responses.length > 0);
    expect(String(clicked.responses[0]?.['text'])).toContain('It begins here');
    expect(JSON.stringify(town.nemo.received('run_sse')[0]?.json)).toContain(
      'turn this script into a 30-second video',
    );
    expect(slack.violations).toEqual([]);
  });

  test('a conversation in Chinese, from the first mention to the MP4', async () => {
    const town = await begin({ mode, rules: { autoExport: 'first' } });
    const { slack } = town;
    const mei = { by: 'U0MEI' };
    const thread = await slack.write('@bot', mei);
    await slack.until((m) => /可以这样说/.test(m.text));
    town.nemo.script(...firstCut);
    await slack.write('做一个十秒的短片：清晨的茶山，采茶的手，一杯热茶。', {
      ...mei,
      thread,
      files: [{ name: '茶山.png', mimetype: 'image/png', bytes: png.bytes }],
    });
    await slack.until((m) => m.files.length > 0 && m.bot);
    town.nemo.script(...silentEdit);
    await slack.write('音乐小声一点', { ...mei, thread });
    await slack.until((m) => /35% → 20%/.test(m.text));
    await town.house.idle();
    for (const word of ['状态', '余额', '导出']) {
      await slack.write(word, { ...mei, thread });
      await town.house.idle();
    }
    await slack.untilTrue(() => slack.ephemerals.some((m) => /积分/.test(m.text)));
    await tells(town, 'A conversation in Chinese', thread, false);
  });
});

const asPng = (file: { name: string; bytes: Buffer }) => ({ ...file, mimetype: 'image/png' });
const videosIn = ({ slack }: Town, thread: string) =>
  delivered(
    slack
      .thread(thread)
      .filter((m) => m.bot)
      .flatMap((m) => m.files),
  );
