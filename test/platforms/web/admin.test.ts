/** The desk of admins in the playground: a command, and buttons under its answer; behind a password for the operator's own. */
import { expect, onTestFinished, test } from 'vitest';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import { startWebStudio, toldOnPage, type WebStudio } from './studio.ts';

async function begin(options: Parameters<typeof startWebStudio>[0] = {}): Promise<WebStudio> {
  const studio = await startWebStudio({ scale: 0.02, ...options });
  onTestFinished(async () => {
    await studio.close();
    expect(studio.errors).toEqual([]);
  });
  return studio;
}

const TIMES = /asked [\w ]+ ago/g;

test('pause, a request that is not taken, resume; a turn that is stopped', async () => {
  const studio = await begin();
  await studio.command('admin');
  const desk = await studio.hear((it) => /Admin desk/.test(it.text));
  await studio.press(desk, 'Pause here');
  const paused = await studio.hear((it) => /Paused here since/.test(it.text));
  await studio.write('A film about tea.');
  await studio.hear((it) => /^I am paused by an admin/.test(it.text));
  await studio.press(paused, 'Resume here');
  await studio.hear((it) => /^▶️ Resumed/.test(it.text));
  studio.house.nemo.script({ heartbeat: true }, { hang: true });
  await studio.write('A film about bread.');
  await studio.house.nemo.arrival('run_sse');
  await studio.command('admin');
  const running = await studio.hear((it) => /At work and waiting/.test(it.text));
  await studio.press(running, 'Stop 1');
  await studio.hear((it) => /stays charged/.test(it.text));
  await studio.house.idle();
  expect(studio.house.nemo.received('run_sse')).toHaveLength(1);
  const told = (await toldOnPage(studio, 'Paused and resumed'))
    .replace(TIMES, 'asked (time) ago')
    .replace(/(goes to NemoVideo|is being made)/g, '(phase)');
  await expect(told).toMatchFileSnapshot('transcripts/admin-desk.md');
});

test('a channel that is denied; a brand in a first request', async () => {
  const studio = await begin({ draft: sampleDraft });
  await studio.command('admin', 'deny here');
  await studio.hear((it) => /Channels that are denied/.test(it.text));
  await studio.write('A film about tea.');
  await studio.hear((it) => /not switched on in this channel/.test(it.text));
  await studio.command('admin', 'reset here');
  await studio.hear((it) => /the settings count again/.test(it.text));
  await studio.command('admin', 'brand name: Tea House; music: soft piano');
  await studio.hear((it) => /^It is kept/.test(it.text));
  studio.house.nemo.script(say('The tea film is done.'));
  await studio.write('A film about tea.');
  await studio.hear((it) => /The tea film is done/.test(it.text));
  await studio.house.idle();
  const [run] = studio.house.nemo.received('run_sse');
  expect(JSON.stringify(run?.json)).toContain('Name: Tea House.');
});
