import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { frame, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import { alice } from '../../doubles/room.ts';
import { videoOnly } from './drafts.ts';
import { gate, hear, open, runs, sessionOfRun, story, texts, times, toldAgent } from './support.ts';

const SUMMARY =
  'Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)';

test('case 1: a first script makes one session and one answer, which mentions the person', async () => {
  const house = await open();
  await house.room.write('A short film about tea in the mountains.');
  await house.idle();
  expect(house.nemo.received('session').map((request) => request.json)).toEqual([
    { task_name: 'project', language: 'en' },
  ]);
  expect(toldAgent(house)).toBe('A short film about tea in the mountains.');
  const answer = await hear(house, /Your video is ready!/);
  expect(answer.message.text).toContain(SUMMARY);
  expect(answer.message.mention).toEqual([alice.id]);
  expect(times(house, /Your video is ready!/)).toBe(1);
  expect(house.room.reactions).toContainEqual({ messageId: 'in1', reaction: 'seen', on: true });
});

test('case 1: the status message begins with the profile’s word and ends with the time it took', async () => {
  const house = await open({ profile: 'ai-to-video-free' });
  await house.room.write('A short film about tea.');
  await house.idle();
  const status = house.room.said[0];
  expect(status?.versions[0]).toBe('Connecting…');
  expect(status?.versions.at(-1)).toMatch(/^✅ Done in \d+ (?:s|min)/);
  expect(status?.message.buttons).toBeUndefined();
});

test('case 8: a thread keeps its session, another thread has another one', async () => {
  const house = await open();
  await house.room.write('A film about tea.');
  await house.room.write('Make it slower, please.');
  await house.idle();
  await house.room.write('A film about bread.', { thread: 't2' });
  await house.idle();
  expect(house.nemo.received('session')).toHaveLength(2);
  expect(sessionOfRun(house, 2)).toBe(sessionOfRun(house, 1));
  expect(sessionOfRun(house, 3)).not.toBe(sessionOfRun(house, 1));
});

test('case 9: two mentions at once in a fresh thread make one session and run one after the other', async () => {
  const house = await open();
  await Promise.all([
    house.room.write('A film about tea.'),
    house.room.write('And one title for it.'),
  ]);
  await house.idle();
  expect(house.nemo.received('session')).toHaveLength(1);
  expect(runs(house)).toBe(2);
});

test('case 42: the raw clip is announced once, the rest is shown at the end with an offer to strip it', async () => {
  const house = await open();
  const raw = gate();
  house.nemo.script(
    toolCall('generate_video_with_seedance', 'g'),
    { draft: videoOnly },
    toolResult('generate_video_with_seedance', 'g'),
    { until: raw.opened },
    toolCall('add_music', 'm'),
    { draft: sampleDraft },
    toolResult('add_music', 'm'),
  );
  await house.room.write('A film about tea.');
  await hear(house, /raw video is ready \(10 s\)/);
  expect(story(house)).not.toContain('Timeline (');
  raw.open();
  await house.idle();
  expect(times(house, /raw video is ready/)).toBe(1);
  const answer = await hear(house, /Timeline \(3 tracks\)/);
  expect(answer.message.text).toContain(SUMMARY);
  expect(answer.message.text).toContain(
    'Added on the way: music and titles. Keep them, or tell me what to remove.',
  );
});

test('case 43: talk about panels and an Export button becomes a summary and one export', async () => {
  const house = await open();
  house.nemo.script(
    { draft: sampleDraft },
    say('Preview in the Timeline panel or click Export to save.'),
  );
  await house.room.write('A film about tea.');
  await hear(house, /Video ready/);
  await house.idle();
  expect(story(house)).not.toMatch(/panel|click/i);
  expect(story(house)).toContain(SUMMARY);
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 43: two invitations to export in one turn make one export', async () => {
  const house = await open();
  house.nemo.script(
    { draft: sampleDraft },
    say('The tea film is done. Click the Export button to download it.'),
    say('Once happy, click Export.'),
  );
  await house.room.write('A film about tea.');
  await hear(house, /Video ready/);
  await house.idle();
  expect(story(house)).toContain('The tea film is done.');
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 44: 点击导出按钮即可导出 is done instead of said', async () => {
  const house = await open();
  house.nemo.script({ draft: sampleDraft }, say('视频已完成。点击导出按钮即可导出。'));
  await house.room.write('做一个关于茶的短片');
  await hear(house, /视频已就绪/);
  await house.idle();
  expect(story(house)).toContain('视频已完成。');
  expect(story(house)).not.toMatch(/点击|按钮/);
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('case 45: a title that reads "Click here" stays in the answer', async () => {
  const house = await open();
  house.nemo.script({ draft: sampleDraft }, say('The title now reads "Click here" in white.'));
  await house.room.write('Change the title.');
  await house.idle();
  expect(story(house)).toContain('The title now reads "Click here" in white.');
  expect(house.nemo.received('render')).toHaveLength(0);
});

test('case 46: "check your billing page" becomes the credits, for the requester alone', async () => {
  const house = await open();
  house.nemo.script(say('I could not go on. Please check your billing page.'));
  await house.room.write('A film about tea.');
  await house.idle();
  expect(story(house)).toContain('I could not go on.');
  expect(story(house)).not.toMatch(/billing|60 available/);
  expect(
    house.room
      .privateTo(alice)
      .map((said) => said.message.text)
      .join(),
  ).toContain('60 available, 40 frozen, 100 total');
});

test('case 46: the agent’s words reach the person even when the credits cannot be had', async () => {
  const house = await open();
  house.nemo.on('credits', { status: 503, text: '' });
  house.nemo.script(say('I could not go on. Please check your billing page.'));
  await house.room.write('A film about tea.');
  await house.idle();
  expect(story(house)).toContain('I could not go on.');
});

test('case 81: a question is asked with its options, nothing is announced or exported, the reply goes on', async () => {
  const house = await open({ rules: { autoExport: 'always' } });
  house.nemo.script(
    { draft: sampleDraft },
    toolCall('ask_question', 'q', {
      title: 'Which mood?',
      questions: [
        {
          id: 'a',
          prompt: 'Pick one',
          options: [
            { id: 'x', label: 'Calm' },
            { id: 'y', label: 'Fast' },
          ],
        },
      ],
    }),
  );
  await house.room.write('A film about tea.');
  await house.idle();
  const asked = await hear(house, /Which mood\?/);
  expect(asked.message.text).toMatch(/Pick one[\s\S]*Calm[\s\S]*Fast/);
  expect(story(house)).not.toMatch(/ready/i);
  expect(texts(house)).toContain('✋ Needs you');
  expect(house.nemo.received('render')).toHaveLength(0);
  await house.room.write('Calm');
  await house.idle();
  expect(toldAgent(house, 2)).toBe('Calm');
});

test('case 82: a refusal for safety is told as one, and is not repeated', async () => {
  const house = await open();
  house.nemo.script(
    frame([], { content: undefined, errorCode: 'SAFETY', errorMessage: 'blocked' }),
  );
  await house.room.write('Something bad.');
  await house.idle();
  const answer = await hear(house, /refused by the video service/);
  expect(answer.message.buttons?.map((button) => button.label)).not.toContain('Try again');
  expect(texts(house)).not.toContainEqual(expect.stringMatching(/✅ Done/));
  expect(runs(house)).toBe(1);
});

test('case 89: an answer cut by its length is posted, and said to be cut', async () => {
  const house = await open();
  house.nemo.script(frame([{ text: 'Scene one shows' }], { errorCode: 'MAX_TOKENS' }));
  await house.room.write('A film about tea.');
  await house.idle();
  expect(story(house)).toMatch(/Scene one shows[\s\S]*cut off/);
  expect(house.nemo.received('state').length).toBeGreaterThan(1);
});

test('AUTO_EXPORT=first exports the first finished video of a thread, and only that', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  await house.room.write('A film about tea.');
  await hear(house, /Video ready/);
  await house.idle();
  house.nemo.script({ draft: videoOnly }, say('Music and title are gone.'));
  await house.room.write('Remove the music and the title.');
  await house.idle();
  expect(house.nemo.received('render')).toHaveLength(1);
});

test('AUTO_EXPORT=always exports after every change, and not after mere talk', async () => {
  const house = await open({ rules: { autoExport: 'always' } });
  await house.room.write('A film about tea.');
  await house.idle();
  house.nemo.script({ draft: videoOnly }, say('Music and title are gone.'));
  await house.room.write('Remove the music and the title.');
  await house.idle();
  house.nemo.script(say('It is ten seconds long.'));
  await house.room.write('How long is it?');
  await house.idle();
  expect(house.nemo.received('render')).toHaveLength(2);
});

test('AUTO_EXPORT=never leaves the export to the person', async () => {
  const house = await open({ rules: { autoExport: 'never' } });
  await house.room.write('A film about tea.');
  await house.idle();
  expect(house.nemo.received('render')).toHaveLength(0);
});
