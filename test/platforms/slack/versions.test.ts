/** Versions, as people on Slack see them; the same in both ways of receiving events. */
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ASKED, firstCut, makesThreeCuts } from '../../doubles/nemo/three-cuts.ts';
import type { SeenMessage } from '../../doubles/slack/world.ts';
import { storyOf } from './story.ts';
import { startTown } from './town.ts';

const order = z.object({ draft: z.unknown() });

/** With a file what is said stands in blocks alone. */
const says = ({ bot, text, blocks }: SeenMessage, words: RegExp): boolean =>
  bot === true && words.test(`${text} ${JSON.stringify(blocks)}`);

test.each(['socket', 'http'] as const)(
  'three versions are listed, compared, and the first is exported once more (%s)',
  async (mode) => {
    const town = await startTown({ mode, rules: { autoExport: 'always' } });
    onTestFinished(() => town.close());
    const { slack, nemo, house } = town;
    makesThreeCuts(nemo);
    const [first, ...edits] = ASKED;
    const thread = await slack.write(`@bot ${first}`);
    await slack.until((m) => says(m, /ready! v1/));
    await house.idle();
    for (const [index, words] of edits.entries()) {
      await slack.write(words, { thread });
      await slack.until((m) => says(m, new RegExp(`ready! v${index + 2}`)));
      await house.idle();
    }
    const videos = slack.thread(thread).filter((m) => m.bot && m.files.length > 0);
    await slack.write('versions', { thread, by: 'U0BOB' });
    const list = await slack.until((m) => /3 finished videos/.test(m.text));
    await house.idle();
    for (const { ts } of videos) expect(list.text).toContain(`/p${ts.replace('.', '')}?thread_ts=`);
    await slack.click(list, /Compare v2 and v3/, 'U0BOB');
    await slack.untilTrue(() => slack.ephemerals.some((m) => /from v2 to v3:/.test(m.text)));
    await slack.write('compare v1 v2', { thread });
    await slack.until((m) => /from v1 to v2:[\s\S]*20%/.test(m.text));
    await slack.write('v1 in portrait, 720p', { thread });
    await slack.until((m) => m.ts > list.ts && says(m, /ready! v1/));
    await house.idle();
    expect(order.parse(nemo.received('render').at(-1)?.json).draft).toEqual(firstCut);
    await slack.write('export v2', { thread });
    await slack.until((m) => /Here it is again: v2/.test(m.text));
    const { responses } = await slack.command('/nemo', 'versions');
    await slack.untilTrue(() => responses.length > 0);
    expect(JSON.stringify(responses[0])).toContain('3 finished videos');
    await house.idle();
    const people = slack.thread(thread).filter((m) => !m.bot);
    const worked = people.filter((m) => !/versions|compare/.test(m.text));
    await slack.untilTrue(() => worked.every((m) => m.reactions.has('eyes')));
    await expect(storyOf(slack, 'Versions', thread)).toMatchFileSnapshot('transcripts/versions.md');
    expect(slack.violations).toEqual([]);
    expect(nemo.violations).toEqual([]);
  },
);
