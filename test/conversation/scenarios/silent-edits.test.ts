import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { videoOnly, withMusic, withTitle, withVolume } from './drafts.ts';
import { edit, gate, hear, open, runs, story } from './support.ts';

const ISSUE = 'I encountered a temporary issue. Please try again.';

test('case 27: a silent edit is confirmed with what, name and timing', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(...edit(sampleDraft));
  await house.room.write('Add a title "Urban Dreams".');
  await house.idle();
  const answer = await hear(house, /Title added/);
  expect(answer.message.text).toContain('✅ Title added: "Urban Dreams" (0–3 s)');
  expect(answer.message.buttons?.map(({ label }) => label)).toContain('Change the music');
});

test('case 27: a silent change is told with before and after', async () => {
  const house = await open({ draft: withVolume(0.35) });
  house.nemo.script(...edit(withVolume(0.2)));
  await house.room.write('Quieter music.');
  await house.idle();
  expect(story(house)).toContain('✅ Music Lo-fi: volume 35% → 20%');
});

test('case 28: a silent edit whose write lands late is seen at a later look', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    // Look 1 is the baseline, look 5 the third one after the close.
    if (looks === 5) for (const session of world.sessions.values()) session.draft = sampleDraft;
    return undefined;
  });
  house.nemo.script();
  await house.room.write('Add a title "Urban Dreams".');
  await house.idle();
  expect(story(house)).toContain('✅ Title added: "Urban Dreams" (0–3 s)');
});

test('case 29: a silent run that changed nothing is told neutrally, and nothing is sent again', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(...edit(withMusic));
  await house.room.write('Add a title.');
  await house.idle();
  const answer = await hear(house, /no change on the timeline/);
  expect(answer.message.buttons?.[0]).toMatchObject({
    label: 'Try again',
    does: { action: 'retry' },
  });
  expect(runs(house)).toBe(1);
});

test('case 29: an agent that gives nothing at all is said to have given no answer', async () => {
  const house = await open();
  house.nemo.script({ heartbeat: true });
  await house.room.write('A film about tea.');
  await house.idle();
  expect(story(house)).toContain('gave no answer');
  expect(runs(house)).toBe(1);
});

test('case 30: a "temporary issue" behind a normal text is dropped', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script({ draft: sampleDraft }, say('The title is in.'), say(ISSUE));
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('The title is in.');
  expect(story(house)).not.toMatch(/temporary/i);
});

test('case 31: only a "temporary issue", but the timeline changed: the change is told', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(...edit(sampleDraft, ISSUE));
  await house.room.write('Add a title.');
  await house.idle();
  expect(story(house)).toContain('✅ Title added: "Urban Dreams"');
  expect(story(house)).not.toMatch(/temporary/i);
});

test('case 31: only a "temporary issue" and no change: a temporary problem, with a way to try again', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(say(ISSUE));
  await house.room.write('Add a title.');
  await house.idle();
  const answer = await hear(house, /temporary problem, and nothing was changed/);
  expect(answer.message.buttons?.[0]?.label).toBe('Try again');
  expect(story(house)).not.toContain('encountered');
});

test('case 78: what was edited on the web between turns is not told as this turn’s change', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(say('Hello.'));
  await house.room.write('Hi there, what can we do next with this film?');
  await house.idle();
  for (const session of house.nemo.sessions.values()) session.draft = withVolume(0.8);
  house.nemo.script(
    ...edit({
      ...withVolume(0.8),
      t: [...withVolume(0.8).t, { tt: 7, sg: [{ d: 2000, m: { text: 'The End' } }] }],
    }),
  );
  await house.room.write('Add an end title.');
  await house.idle();
  expect(story(house)).toContain('✅ Title added: "The End" (0–2 s)');
  expect(story(house)).not.toContain('volume');
});

test('case 92: a draft that changes after the close is summarised in its late state', async () => {
  const house = await open({ draft: videoOnly });
  const closed = gate();
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    // The first look after the close shows the first write; the agent's last one lands right after it.
    if (looks === 3) {
      for (const session of world.sessions.values()) session.draft = withTitle('Late', 4000);
      closed.open();
    }
    return undefined;
  });
  house.nemo.script(...edit(withMusic));
  await house.room.write('Add music and a title "Late".');
  await closed.opened;
  await house.idle();
  expect(story(house)).toContain('✅ Title added: "Late" (0–4 s)');
  expect(story(house)).toContain('✅ Music added: Lo-fi (0–10 s, 35%)');
});

test('case 92: a change that lands some seconds after words alone, without any tool seen, is told', async () => {
  const house = await open({ draft: withMusic });
  let looks = 0;
  house.nemo.on('state', (_request, world) => {
    looks += 1;
    // Look 1 is the baseline, look 2 the one at the close.
    if (looks === 4) for (const session of world.sessions.values()) session.draft = sampleDraft;
    return undefined;
  });
  house.nemo.script(say('The title will be there in a moment.'));
  await house.room.write('Add a title "Urban Dreams".');
  await house.idle();
  expect(story(house)).toContain('The title will be there in a moment.');
  expect(story(house)).toContain('✅ Title added: "Urban Dreams" (0–3 s)');
  expect(runs(house)).toBe(1);
});
