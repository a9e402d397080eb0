/** Commands in a channel proper: about its newest project, named with a link, and a choice of the others. */
import { expect, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { type Studio, startStudio } from './studio.ts';

/** Two projects of Alice's in the same channel; the ids of the messages that they began with. */
async function withTwo(studio: Studio): Promise<[string, string]> {
  const { discord, nemo } = studio;
  const begun: string[] = [];
  for (const text of ['A film about milk.', 'A film about tea.']) {
    nemo.script({ draft: sampleDraft }, say('Your video is ready.'));
    const { id } = discord.mention(discord.general, discord.alice, text);
    begun.push(id);
    await studio.hear(id, /Your video is ready/);
    await studio.idle();
  }
  return [begun[0] ?? '', begun[1] ?? ''];
}

test('/status names the newest with its address; a press on another shows that one', async () => {
  const studio = await startStudio();
  const { discord } = studio;
  const [milk, tea] = await withTwo(studio);
  const used = discord.interactions.slash('status', discord.alice, discord.general);
  await discord.until(() => used.replies.length > 0);
  const [reply] = used.replies;
  expect(reply?.text).toMatch(
    new RegExp(`^Project “A film about tea\\.”: https://discord\\.com/channels/\\d+/${tea}\n`),
  );
  const other = reply?.components
    .flatMap((row) => row.components)
    .find(({ label }) => label === 'A film about milk.');
  const seen = discord.write(discord.general, discord.bob, 'Lovely weather.');
  const pressed = discord.interactions.pressId(other?.custom_id ?? '', seen, discord.alice);
  await discord.until(() => pressed.replies.length > 0);
  expect(pressed.replies[0]?.text).toContain('Nothing is running');
  expect(milk).not.toBe(tea);
});

test('/export elsewhere renders nothing until its person has chosen', async () => {
  const studio = await startStudio();
  const { discord, nemo } = studio;
  const [, tea] = await withTwo(studio);
  const random = discord.channel('random');
  const used = discord.interactions.slash('export', discord.alice, random);
  await discord.until(() => used.replies.length > 0);
  expect(used.replies[0]?.text).toContain('Which project do you mean?');
  await studio.idle();
  expect(nemo.received('render')).toHaveLength(0);
  const [first] = used.replies[0]?.components.flatMap((row) => row.components) ?? [];
  expect(first?.label).toBe('A film about tea.');
  const seen = discord.write(random, discord.bob, 'Lovely weather.');
  const pressed = discord.interactions.pressId(first?.custom_id ?? '', seen, discord.alice);
  await discord.until(() => pressed.replies.length > 0);
  expect(pressed.replies[0]?.text).toContain('On it');
  await studio.hear(tea, /Video ready/);
});
