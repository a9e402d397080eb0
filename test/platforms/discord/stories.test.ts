// Over 250 lines: its cases share one setup and read as one list.
/** Whole conversations, as people see them; each is written to transcripts/ and read like a story. */
import { expect, test } from 'vitest';
import { transcript } from '../../doubles/discord/transcript.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
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
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { gate, png, type Studio, startStudio, toldAgent } from './studio.ts';

const kept = (studio: Studio, name: string, title: string, ...places: [string, string][]) =>
  expect(transcript(studio.discord, title, ...places)).toMatchFileSnapshot(
    `transcripts/${name}.md`,
  );

test('a mention with a script becomes a thread with a video', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first' } });
  const { discord } = studio;
  const asked = discord.mention(
    discord.general,
    discord.alice,
    'A film about tea in the mountains.',
  );
  const video = await studio.hear(asked.id, /Video ready/);
  await studio.idle();
  expect(discord.thread(asked).names).toEqual([
    'A film about tea in the mountains.',
    'Urban Dreams',
  ]);
  expect(video.files[0]?.bytes.equals(studio.nemo.mp4)).toBe(true);
  expect(video.notified).toEqual([discord.alice.id]);
  expect(studio.nemo.received('run_sse')).toHaveLength(1);
  await kept(
    studio,
    'script-to-video',
    'A script becomes a video',
    ['#general', discord.general.id],
    ['the thread', asked.id],
  );
});

test('a follow-up in the thread needs no mention', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  studio.nemo.script(say('The title is bigger now.'));
  discord.write(discord.thread(asked), discord.bob, 'Make the title bigger');
  discord.write(discord.thread(asked), discord.bob, '// nice one, Alice');
  const answer = await studio.hear(asked.id, /bigger now/);
  await studio.idle();
  expect(answer.notified).toEqual([discord.bob.id]);
  expect(studio.nemo.received('run_sse')).toHaveLength(2);
  await kept(studio, 'follow-up', 'A follow-up', ['the thread', asked.id]);
});

test('images are taken along', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const files = [png('door.png'), png('garden.png')];
  const asked = discord.mention(discord.general, discord.alice, 'A slideshow of these', { files });
  await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const names = studio.nemo
    .received('upload')
    .flatMap(({ parts }) => parts?.map((part) => part.filename));
  expect(names).toEqual(['door.png', 'garden.png']);
  await kept(
    studio,
    'images',
    'Images',
    ['#general', discord.general.id],
    ['the thread', asked.id],
  );
});

test('a silent edit is confirmed concretely', async () => {
  const studio = await startStudio({ draft: sampleDraft });
  const { discord } = studio;
  const louder = structuredClone(sampleDraft);
  const music = louder.t[1]?.sg[0];
  if (music) Object.assign(music.m, { volume: 0.8 });
  studio.nemo.script(
    toolCall('edit_multitrack', 'e'),
    { draft: louder },
    toolResult('edit_multitrack', 'e'),
  );
  const asked = discord.mention(discord.general, discord.alice, 'Louder music');
  await studio.hear(asked.id, /80%/);
  await studio.idle();
  await kept(studio, 'silent-edit', 'A silent edit', ['the thread', asked.id]);
});

test('a long answer comes in parts, without loss and without broken code', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const lines = Array.from(
    { length: 90 },
    (_, n) => `Scene ${n + 1}: the kettle sings in the morning.`,
  );
  studio.nemo.script(
    say(`${lines.join('\n')}\n\n\`\`\`srt\n${lines.slice(0, 40).join('\n')}\n\`\`\``),
  );
  const asked = discord.mention(discord.general, discord.alice, 'Write me a storyboard');
  await studio.hear(asked.id, /Scene 40.*\n```/);
  await studio.idle();
  const parts = discord.said(asked.id).slice(1);
  const whole = parts.map(({ content }) => content).join('\n');
  for (const line of lines) expect(whole).toContain(line);
  for (const { content } of parts) expect((content.match(/^```/gm) ?? []).length % 2).toBe(0);
  expect(parts.filter(({ notified }) => notified.length > 0)).toHaveLength(1);
  expect(parts.findLastIndex(({ components }) => components.length > 0)).toBe(parts.length - 1);
  await kept(studio, 'long-text', 'A long text', ['the thread', asked.id]);
});

test('credits are told to the one who asks, alone', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const dm = discord.dm(discord.alice);
  const asked = discord.mention(discord.general, discord.alice, 'credits');
  await studio.hear(dm.id, /60 available/);
  await studio.idle();
  expect(discord.said(asked.id)).toEqual([]);
  await kept(
    studio,
    'credits',
    'Credits',
    ['#general', discord.general.id],
    ["Alice's direct messages", dm.id],
  );
});

test('out of credits', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  studio.nemo.once('run_sse', refused(402, 2001, 'insufficient credits'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /credits are used up/i);
  await studio.idle();
  const dm = discord.dm(discord.alice);
  await kept(
    studio,
    'out-of-credits',
    'Out of credits',
    ['the thread', asked.id],
    ["Alice's direct messages", dm.id],
  );
});

test('an export that the plan does not include is never called a matter of credits', async () => {
  const studio = await startStudio({ draft: sampleDraft });
  const { discord } = studio;
  studio.nemo.on('render', refused(402, 402, 'upgrade'));
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Your video is ready/);
  discord.write(discord.thread(asked), discord.alice, 'export');
  await studio.hear(asked.id, /plan/);
  await studio.idle();
  await kept(studio, 'plan', 'Not in the plan', ['the thread', asked.id]);
});

test('Stop ends the running turn', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  studio.nemo.script({ heartbeat: true }, { hang: true });
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const status = await studio.hear(asked.id, /./);
  await studio.nemo.arrival('run_sse');
  const press = discord.interactions.press(status, 'Stop', discord.alice);
  await studio.hear(asked.id, /stays charged/);
  await studio.idle();
  await discord.until(() => press.replies.length > 0);
  await kept(studio, 'stop', 'Stop', ['the thread', asked.id]);
});

test('a video over the limit of the place comes as a link', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first' } });
  const { discord } = studio;
  studio.nemo.mp4 = Buffer.concat([studio.nemo.mp4, Buffer.alloc(11 * 1024 * 1024)]);
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /over the 10 MB limit/);
  await studio.idle();
  expect(discord.calls.flatMap(({ files }) => files)).toEqual([]);
  await kept(studio, 'export-too-big', 'A video over the limit', ['the thread', asked.id]);
});

test('a limit that only the refusal tells costs no text, and is remembered', async () => {
  const studio = await startStudio({ rules: { autoExport: 'always' } });
  const { discord } = studio;
  discord.settings.fileLimit = 4 * 1024 * 1024;
  studio.nemo.mp4 = Buffer.concat([studio.nemo.mp4, Buffer.alloc(9 * 1024 * 1024)]);
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.hear(asked.id, /Video ready[\s\S]*link instead/);
  await studio.idle();
  discord.write(discord.thread(asked), discord.alice, 'export 1080p');
  await discord.until(
    () => discord.said(asked.id).filter((m) => /link instead/.test(m.content)).length === 2,
  );
  await studio.idle();
  expect(discord.calls.filter(({ files }) => files.length > 0)).toHaveLength(1);
  await kept(studio, 'upload-refused', 'A limit learnt from a refusal', ['the thread', asked.id]);
});

test('a restart in mid-turn: the answer comes, once', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  const running = gate();
  nemo.script(
    { heartbeat: true },
    { draft: structuredClone(sampleDraft) },
    { until: running.opened },
    { drop: true },
  );
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await nemo.arrival('run_sse');
  await discord.until(() => discord.said(asked.id).some((m) => /Working/.test(m.content)));
  await before.down();
  running.open();
  const after = await startStudio({ path, discord, nemo });
  await after.hear(asked.id, /I was restarted/);
  await after.idle();
  expect(nemo.received('run_sse')).toHaveLength(1);
  await kept(after, 'restart', 'A restart in mid-turn', ['the thread', asked.id]);
});

test('without the Message Content intent: mentions, replies and one hint', async () => {
  const studio = await startStudio({ withoutContent: true });
  const { discord } = studio;
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  const answer = await studio.hear(asked.id, /Your video is ready/);
  await studio.idle();
  const thread = discord.thread(asked);
  discord.write(thread, discord.alice, 'slower please');
  await studio.hear(asked.id, /cannot read messages here/);
  discord.write(thread, discord.alice, 'hello?');
  studio.nemo.script(say('It is slower now.'));
  discord.write(thread, discord.alice, 'make it slower', { replyTo: answer });
  await studio.hear(asked.id, /slower now/);
  await studio.idle();
  expect(toldAgent(studio.nemo, 2)).toContain('make it slower');
  expect(discord.said(asked.id).filter((m) => /cannot read/.test(m.content))).toHaveLength(1);
  expect(studio.logged.filter((line) => /Message Content Intent/.test(line))).toHaveLength(1);
  await kept(studio, 'without-intent', 'Without the Message Content intent', [
    'the thread',
    asked.id,
  ]);
});

test('a job that outlasts its interaction ends in the thread', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const late = gate();
  studio.nemo.script(
    { heartbeat: true },
    { until: late.opened },
    { draft: structuredClone(sampleDraft) },
    say('Here it is.'),
  );
  const used = discord.interactions.slash('video', discord.alice, discord.general, {
    script: 'A film about tea.',
    ratio: '9:16',
    length: 30,
  });
  await discord.until(() => used.replies.length > 0);
  await studio.nemo.arrival('run_sse');
  discord.interactions.expireTokens();
  late.open();
  const [root] = discord.said(discord.general.id);
  const answer = await studio.hear(root?.id ?? '', /Here it is/);
  await studio.idle();
  expect(toldAgent(studio.nemo)).toMatch(
    /A film about tea\.\n\nAspect ratio: 9:16\.\nLength: about 30 seconds\./,
  );
  expect(answer.notified).toEqual([discord.alice.id]);
  expect(used.replies[0]?.text).toBe(`On it: <#${root?.id}>`);
  await kept(
    studio,
    'slash-job',
    'A job longer than its interaction',
    ['#general', discord.general.id],
    ['the thread', root?.id ?? ''],
  );
});

test('the gateway drops in mid-turn: nothing is lost, nothing comes twice', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const late = gate();
  studio.nemo.script(
    { heartbeat: true },
    { until: late.opened },
    { draft: structuredClone(sampleDraft) },
    say('Here it is.'),
  );
  const asked = discord.mention(discord.general, discord.alice, 'A film about tea.');
  await studio.nemo.arrival('run_sse');
  discord.gateway.drop();
  studio.nemo.script(say('The music is slower.'));
  discord.write(discord.thread(asked), discord.alice, 'slower music');
  late.open();
  await studio.hear(asked.id, /Here it is/);
  await studio.hear(asked.id, /music is slower/);
  await studio.idle();
  expect(discord.gateway.resumes).toHaveLength(1);
  expect(studio.nemo.received('run_sse')).toHaveLength(2);
  await kept(studio, 'gateway-drop', 'The gateway drops in mid-turn', ['the thread', asked.id]);
});

const videosIn = ({ discord }: Studio, place: string) =>
  delivered(
    discord.said(place).flatMap(({ files }) => files.map((f) => ({ ...f, name: f.filename }))),
  );
const threePictures = pictures.map((file) => ({ ...file, type: 'image/png' }));

test('three files with an instruction each become three videos, in order', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  makesThree(studio.nemo);
  const asked = discord.mention(discord.general, discord.alice, ORDERS, { files: threePictures });
  await studio.hear(asked.id, /All 3 videos are done/);
  await studio.idle();
  expect(videosIn(studio, asked.id)).toEqual(expectedVideos);
  expect(studio.nemo.received('run_sse')).toHaveLength(3);
  await kept(studio, 'batch', 'Three videos from one message', ['the thread', asked.id]);
});

test('three videos, and a restart after the first', async () => {
  const path = await databaseFile();
  const before = await startStudio({ path });
  const { discord, nemo } = before;
  hangsAtTheSecond(nemo);
  const asked = discord.mention(discord.general, discord.alice, ORDERS, { files: threePictures });
  await nemo.arrival('run_sse', 2);
  await before.down();
  goesOnMeanwhile(nemo);
  const after = await startStudio({ path, discord, nemo });
  await after.hear(asked.id, /All 3 videos are done/);
  await after.idle();
  expect(videosIn(after, asked.id)).toEqual(expectedVideos);
  expect(nemo.received('run_sse')).toHaveLength(3);
  expect(nemo.received('render')).toHaveLength(3);
  await kept(after, 'batch-restart', 'Three videos, and a restart', ['the thread', asked.id]);
});

test('a conversation in Chinese, from the first mention to the MP4', async () => {
  const studio = await startStudio({ rules: { autoExport: 'first' } });
  const { discord } = studio;
  const mei = discord.person('mei', '小美');
  studio.nemo.script(...firstCut);
  const asked = discord.mention(
    discord.general,
    mei,
    '做一个十秒的短片：清晨的茶山，采茶的手，一杯热茶。',
    { files: [{ ...png('茶山.png') }] },
  );
  await studio.hear(asked.id, /视频已就绪/);
  await studio.idle();
  studio.nemo.script(...silentEdit);
  const thread = discord.thread(asked);
  const told = [
    ['音乐小声一点', asked.id, /35% → 20%/],
    ['状态', asked.id, /现在没有任务在进行/],
    ['余额', discord.dm(mei).id, /积分：可用/],
    ['帮助', asked.id, /可以这样说/],
    ['导出', asked.id, /已就绪/],
  ] as const;
  for (const [words, place, answer] of told) {
    const before = discord.said(place).filter((m) => answer.test(m.content)).length;
    discord.write(thread, mei, words);
    await discord.until(
      () => discord.said(place).filter((m) => answer.test(m.content)).length > before,
    );
    await studio.idle();
  }
  await kept(
    studio,
    'chinese',
    '一段中文对话',
    ['频道', discord.general.id],
    ['子区', asked.id],
    ['私信', discord.dm(mei).id],
  );
});
