import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import {
  frame,
  heartbeatForms,
  piece,
  type Step,
  say,
  thought,
  toolCall,
} from '../../doubles/nemo/steps.ts';
import { gate, hear, open, runs, story, times } from './support.ts';

const ANSWER = 'The tea film has three scenes.';

async function played(...steps: Step[]) {
  const house = await open();
  house.nemo.script(...steps);
  await house.room.write('A film about tea.');
  await house.idle();
  return house;
}
const once = async (...steps: Step[]) => {
  const house = await played(...steps);
  expect(story(house).split(ANSWER)).toHaveLength(2);
  expect(times(house, new RegExp(ANSWER))).toBe(1);
  return house;
};

test('case 10: text and a tool call in one event: the text once, the tool never', async () => {
  const house = await once(
    frame([
      { text: ANSWER },
      { functionCall: { id: 'c', name: 'edit_multitrack', args: { op: 'x' } } },
    ]),
    { draft: sampleDraft },
    frame(
      [{ functionResponse: { id: 'c', name: 'edit_multitrack', response: { success: true } } }],
      {
        content: {
          role: 'user',
          parts: [{ functionResponse: { id: 'c', name: 'edit_multitrack', response: {} } }],
        },
      },
    ),
  );
  expect(story(house)).not.toContain('multitrack');
});

test('case 11: pieces and the whole that repeats them are one text', async () => {
  await once(piece('The tea film '), piece('has three scenes.'), say(ANSWER));
});

test('case 12: pieces whose whole never came are posted once', async () => {
  await once(piece('The tea film '), piece('has three scenes.'));
});

test('case 13: pieces, a call, and then the same whole are one text', async () => {
  await once(
    piece('The tea film '),
    piece('has three scenes.'),
    frame([], { content: undefined }),
    say(ANSWER),
  );
});

test('case 14: two equal messages are both kept', async () => {
  const house = await played(say(ANSWER), say(ANSWER));
  expect(story(house).split(ANSWER)).toHaveLength(3);
});

test('case 15: thoughts are never shown', async () => {
  const house = await once(
    thought('pondering about leaves'),
    frame([{ text: 'hm, leaves', thought: true }, { text: ANSWER }]),
  );
  expect(house.room.everSeen().join()).not.toContain('leaves');
});

test('case 16: typed and flat frames look the same to the person', async () => {
  const typed = await once(
    { event: { type: 'text', content: ANSWER } },
    { event: { type: 'done' } },
  );
  const flat = await once({ event: { text: ANSWER } });
  const shown = (house: typeof typed) => story(house).replace(/Done in .*/, '');
  expect(shown(typed)).toBe(shown(flat));
});

test('case 17: 中文 and emoji that are cut inside a character stay whole', async () => {
  const bytes = Buffer.from(`data: ${JSON.stringify({ text: '茶的短片🍵完成' })}\n\n`);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, n) => ({
    raw: bytes.subarray(n * 3, n * 3 + 3),
  }));
  const house = await played(...chunks);
  expect(story(house)).toContain('茶的短片🍵完成');
});

/** The minute that a notice names lasts for 0.6 s: other work on the machine does not make it the next one. */
const SLOWLY = 0.01;

test('case 18: heartbeats in every form for five minutes: notices at two and four, then the answer', async () => {
  const house = await open({ scale: SLOWLY });
  const heard = gate();
  const beat: Step[] = heartbeatForms.map((form) => ({ heartbeat: form }));
  house.nemo.script(...beat, { until: heard.opened }, ...beat, say(ANSWER));
  await house.room.write('A film about tea.');
  const notice = await hear(house, /^⏳ Still working\.\.\. \(2 min\)$/);
  await house.room.untilTrue(() => notice.versions.some((text) => /\(4 min\)/.test(text)));
  heard.open();
  await hear(house, new RegExp(ANSWER));
  await house.idle();
  expect(notice.deleted).toBe(true);
  expect(times(house, /Still working/)).toBe(1);
});

test('HEARTBEAT_MODE=post posts each notice and keeps it', async () => {
  const house = await open({ scale: SLOWLY, rules: { heartbeatMode: 'post' } });
  const heard = gate();
  house.nemo.script({ heartbeat: true }, { until: heard.opened }, say(ANSWER));
  await house.room.write('A film about tea.');
  const first = await hear(house, /Still working\.\.\. \(2 min\)/);
  const second = await hear(house, /Still working\.\.\. \(4 min\)/);
  heard.open();
  await house.idle();
  expect(second.id).not.toBe(first.id);
  expect([first.deleted, second.deleted]).toEqual([false, false]);
});

test('case 32: an error in mid-stream is told as one, without its details', async () => {
  const house = await played(say('Starting.'), { event: { error: 'boom in worker' } });
  expect(story(house)).toContain('ran into a problem');
  expect(house.room.everSeen().join()).not.toContain('boom');
  expect(runs(house)).toBe(1);
});

test('case 32: an error after the work was done does not hide the work', async () => {
  const house = await played({ draft: sampleDraft }, { event: { error: 'boom' } });
  expect(story(house)).toMatch(/ran into a problem[\s\S]*Timeline \(3 tracks\)/);
});

test('case 33: an error payload that is not even JSON is an error, not an answer', async () => {
  const house = await played({ raw: 'data: {"error": "said "boom" and left"}\n\n' });
  expect(story(house)).toContain('ran into a problem');
  expect(house.room.everSeen().join()).not.toContain('boom');
});

test('case 34: garbage between good frames is passed over', async () => {
  await once({ raw: 'data: [DONE\n\nnonsense\n\ndata: {"a":\n\n' }, say(ANSWER), {
    raw: 'data: [DONE]\n\ndata: {"text": "cut',
  });
});

test('case 80: a stream that never closes after the final text is left after 90 s, and the queue goes on', async () => {
  const house = await open();
  house.nemo.script(say(ANSWER), { hang: true });
  house.nemo.script(say('Second answer.'));
  await house.room.write('A film about tea.');
  await house.room.write('And bread, please.');
  await hear(house, /Second answer/);
  await house.idle();
  expect(story(house)).toContain(ANSWER);
  expect(story(house)).not.toContain('connection');
});

test('case 97: a stream that is quiet for four minutes while a tool works is not left', async () => {
  const house = await open({ scale: SLOWLY });
  const done = gate();
  house.nemo.script(
    say('I will make it.'),
    toolCall('generate_video_with_seedance', 'g'),
    say('It is being made.'),
    { until: done.opened },
    { draft: sampleDraft },
    frame(
      [
        {
          functionResponse: {
            id: 'g',
            name: 'generate_video_with_seedance',
            response: { success: true },
          },
        },
      ],
      {
        content: {
          role: 'user',
          parts: [
            { functionResponse: { id: 'g', name: 'generate_video_with_seedance', response: {} } },
          ],
        },
      },
    ),
    say(ANSWER),
  );
  await house.room.write('A film about tea.');
  const notice = await hear(house, /Still working/);
  await house.room.untilTrue(() => notice.versions.some((text) => /\(4 min\)/.test(text)));
  done.open();
  await hear(house, new RegExp(ANSWER));
  await house.idle();
  expect(story(house)).not.toContain('connection');
});

test('case 84: a token in the agent’s words is hidden', async () => {
  const house = await open();
  house.nemo.script(say(`Your token ${house.nemo.token} and nmv_usr_other-One_123 are fine.`));
  await house.room.write('A film about tea.');
  await house.idle();
  expect(story(house)).toContain('Your token [hidden] and [hidden] are fine.');
});

test('case 90: two events with one id, words and then only an action: the words once', async () => {
  await once(
    frame([{ text: ANSWER }], { id: 'same' }),
    frame([], { id: 'same', content: undefined, actions: { artifactDelta: { 'a.txt': 1 } } }),
  );
});

test('case 91: a progressive stream whose aggregate holds text, call and text gives both texts in order', async () => {
  const call = { functionCall: { id: 'c', name: 'edit_multitrack', args: {} } };
  const house = await played(
    piece('First I look. '),
    frame([call], { partial: true }),
    piece('Then I cut.'),
    { draft: sampleDraft },
    frame([{ text: 'First I look. ' }, call, { text: 'Then I cut.' }]),
    frame([{ functionResponse: { id: 'c', name: 'edit_multitrack', response: {} } }], {
      content: {
        role: 'user',
        parts: [{ functionResponse: { id: 'c', name: 'edit_multitrack', response: {} } }],
      },
    }),
  );
  expect(story(house).match(/First I look\.\s+Then I cut\./g)).toHaveLength(1);
});
