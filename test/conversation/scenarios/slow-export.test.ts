import { describe, expect, test } from 'vitest';
import { ChatError } from '../../../src/platforms/chat.ts';
import { scaledClock } from '../../../src/runtime/clock.ts';
import { toThreadKey } from '../../../src/runtime/ids.ts';
import type { Answer } from '../../doubles/nemo/answers.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { withMusic } from './drafts.ts';
import { ready, renders } from './exporting.ts';
import { edit, gate, hear, times } from './support.ts';

describe('a render that takes very long', () => {
  /** Ten looks have found it at work: the thread is free, a watcher goes on. */
  async function slow(scale = 0.0005) {
    const house = await ready({ scale });
    const finished = gate();
    let done = false;
    void finished.opened.then(() => {
      done = true;
    });
    house.nemo.on('render-state', (_request, world) =>
      done
        ? {
            json: {
              success: true,
              data: { status: 'completed', outputUrl: `${world.filesUrl}/late.mp4` },
            },
          }
        : { json: { success: true, data: { status: 'processing', progress: 50 } } },
    );
    await house.room.write('export');
    await hear(house, /taking longer than usual/);
    return { house, finished };
  }

  test('case 69: after ten looks there is one notice, and the video comes late by itself', async () => {
    const { house, finished } = await slow();
    finished.open();
    const late = await hear(house, /Video ready!/);
    await house.idle();
    expect(late.message.mention).toEqual(['U-alice']);
    expect(times(house, /taking longer/)).toBe(1);
    expect(renders(house)).toHaveLength(1);
  });

  test('case 69: "export" in the meantime joins the same job, and it is delivered once', async () => {
    const { house, finished } = await slow();
    await house.room.write('export');
    await house.room.untilTrue(() => times(house, /Rendering/) === 2);
    finished.open();
    await hear(house, /Video ready!/);
    await house.idle();
    expect(renders(house)).toHaveLength(1);
    expect(times(house, /Video ready!/)).toBe(1);
  });

  test('an export after an edit does not make do with the older cut that is just being posted', async () => {
    const scale = 0.004;
    const { house, finished } = await slow(scale);
    const posting = gate();
    house.nemo.once('file', async () => {
      await posting.opened;
      return undefined;
    });
    finished.open();
    await house.nemo.arrival('file');
    house.nemo.script(...edit(withMusic, 'Without a title now.'));
    await house.room.write('Remove the title');
    await hear(house, /Without a title now/);
    await house.room.write('export');
    // Time for the export to see that the older one is being posted.
    await scaledClock(scale).sleep(40_000, new AbortController().signal);
    posting.open();
    await house.room.untilTrue(() => times(house, /Video ready!/) === 2);
    await house.idle();
    expect(renders(house)).toHaveLength(2);
  });

  /** The watcher is about to post the finished video, and an export has looked at that for longer than it does at once. */
  async function exportedWhilePosting() {
    const { house, finished } = await slow();
    const posting = gate();
    let answer: Answer | undefined;
    house.nemo.once('file', async () => {
      await posting.opened;
      return answer;
    });
    finished.open();
    await house.nemo.arrival('file');
    await house.room.write('export');
    await house.room.untilTrue(
      () => renders(house).length > 1 || /a turn waits/.test(house.logged.join()),
    );
    const post = (given?: Answer) => {
      answer = given;
      posting.open();
    };
    return { house, post };
  }

  test('"export" while the video is posted, and that takes very long: it waits, and orders no second one', async () => {
    const { house, post } = await exportedWhilePosting();
    post();
    await hear(house, /Video ready!/);
    await house.idle();
    expect(renders(house)).toHaveLength(1);
    expect(times(house, /Video ready!/)).toBe(1);
    expect(await house.ledger.unfinished(toThreadKey('web:w:c:t1'))).toEqual([]);
  });

  test('the one who was posting it fails: the export that waits delivers that video', async () => {
    const { house, post } = await exportedWhilePosting();
    // Neither host has it for the watcher, and its access has run out.
    house.nemo.once('download', { status: 401 });
    post({ status: 404, text: 'gone' });
    await hear(house, /Video ready!/);
    await house.idle();
    expect(renders(house)).toHaveLength(1);
    expect(times(house, /Video ready!/)).toBe(1);
  });

  test('handed over in a moment without the chat: it is handed over again, and comes', async () => {
    const house = await ready({ scale: 0.0005, leaseMs: 300 });
    let done = false;
    house.nemo.on('render-state', (_request, world) => {
      const data = done
        ? { status: 'completed', outputUrl: `${world.filesUrl}/late.mp4` }
        : { status: 'processing', progress: 50 };
      return { json: { success: true, data } };
    });
    await house.room.write('export');
    await hear(house, /Rendering: 50%/);
    house.room.refusals.push(new ChatError('unreachable', 'gone for a moment'));
    await hear(house, /taking longer than usual/);
    done = true;
    await hear(house, /Video ready!/);
    await house.idle();
    expect(times(house, /Video ready!/)).toBe(1);
    expect(renders(house)).toHaveLength(1);
  });

  test('case 69: a second export that also gives up hands the job on, and nothing is lost', async () => {
    const { house, finished } = await slow();
    await house.room.write('export');
    await house.room.untilTrue(() => times(house, /taking longer/) === 2);
    finished.open();
    await hear(house, /Video ready!/);
    await house.idle();
    expect(renders(house)).toHaveLength(1);
    expect(times(house, /Video ready!/)).toBe(1);
  });

  test('after an edit "export" renders the new cut instead of joining', async () => {
    const { house, finished } = await slow();
    house.nemo.script(...edit(withMusic, 'Title removed.'));
    await house.room.write('Remove the title.');
    await hear(house, /Title removed/);
    await house.room.write('export');
    await house.nemo.arrival('render', 2);
    finished.open();
    await house.idle();
    expect(renders(house)).toHaveLength(2);
  });

  test('a new project does not get the video of the one before', async () => {
    const { house, finished } = await slow();
    await house.room.write('new');
    await hear(house, /fresh project starts here/);
    house.nemo.script(say('Hello again.'));
    await house.room.write('A film about bread.');
    await hear(house, /Hello again/);
    await house.room.write('export');
    const second = await house.nemo.arrival('render', 2);
    finished.open();
    await house.idle();
    expect((second.json as { sessionId: string }).sessionId).toBe(
      [...house.nemo.sessions.keys()][1],
    );
  });

  test('after half an hour it is given up, in words', async () => {
    const { house } = await slow();
    await hear(house, /did not finish within half an hour/);
    await house.idle();
  });
});
