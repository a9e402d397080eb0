/** A conversation through the recorder, and the same one with the recording in place of the backend; by the commands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { readRecording } from '../../src/recording/exchange.ts';
import { createPlaceholders } from '../../src/recording/placeholders.ts';
import { open } from '../conversation/scenarios/support.ts';
import type { House } from '../doubles/house.ts';
import { startNemoDouble } from '../doubles/nemo/nemo-double.ts';
import { has, makesVideo, turnsIt } from '../doubles/nemo/spending.ts';
import { toolCall } from '../doubles/nemo/steps.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';
import type { RoomFile } from '../doubles/room.ts';

const png = (name: string): RoomFile => ({
  name,
  bytes: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.from(name)]),
});

const CLI = path.resolve(import.meta.dirname, '../../src/cli');

interface Running {
  readonly url: string;
  /** As an operator does, by Ctrl+C; gives what it has said. */
  stop(): Promise<string>;
}

async function run(command: string, ...args: string[]): Promise<Running> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(CLI, command), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } },
  );
  const said: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const [, url] = /NEMO_API_URL=(\S+)/.exec(line) ?? [];
        if (url) resolve(url);
      });
  const ended = once(child, 'exit');
  void ended.then(() => reject(new Error(`${command} ended: ${said.join('\n')}`)));
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await promise;
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      expect((await ended)[0]).toBe(0);
      return said.join('\n');
    },
  };
}

/** A bot whose backend is elsewhere. */
const houseAt = (nemo: NemoDouble, url: string): Promise<House> =>
  open({ nemo: { ...nemo, url }, scale: 0.002, rules: { autoExport: 'first', costNotes: false } });

/** What people see, its words aside; addresses and times differ from run to run. */
function outcomeOf({ room }: House): string[] {
  const { text } = createPlaceholders();
  return room
    .visible('t1')
    .map(({ message, file }) =>
      [
        text(message.text.replace(/https?:\/\/\S+/g, '(link)').replace(/Done in .*/, 'Done')),
        message.buttons?.map(({ label }) => text(label)).join(' | ') ?? '',
        file ? `file ${text(file.name)}` : '',
      ].join('\n'),
    );
}

async function talk(house: House, onTurn: (nth: number) => void): Promise<void> {
  onTurn(1);
  await house.room.write('A film about marmalade, for Rosalind.', { files: [png('leaf.png')] });
  await house.idle();
  onTurn(2);
  await house.room.write('Make it upright.');
  await house.idle();
  onTurn(3);
  await house.room.write('And wide again, please.');
  await house.idle();
}

test('a conversation is recorded without a word of it, and told again by the recording', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'nemo-bot-record-'));
  const nemo = await startNemoDouble();
  onTestFinished(async () => {
    await nemo.close();
    await rm(folder, { recursive: true });
  });
  has(nemo, 1000);
  const file = path.join(folder, 'evening.jsonl');
  const recorder = await run('record.ts', '--out', file, '--to', nemo.url);
  const house = await houseAt(nemo, recorder.url);
  await talk(house, (nth) => {
    if (nth === 1)
      nemo.script(
        { heartbeat: true },
        ...makesVideo(
          nemo,
          96,
          'The marmalade is filmed. 果酱 https://films.example/marmalade?key=hush',
        ),
      );
    else if (nth === 2) nemo.script(...turnsIt(nemo, 5).slice(0, -1));
    else nemo.script(toolCall('edit_multitrack', 'e'), { drop: true });
  });
  expect(nemo.violations).toEqual([]);
  await recorder.stop();

  const recording = await readFile(file, 'utf8');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(recording).not.toMatch(
    /marmalade|rosalind|果|upright|films\.example|hush|nmv_usr|leaf|Lo-fi|127\.0\.0\.1/i,
  );
  expect(recording).not.toContain(nemo.token);
  for (const id of [...nemo.sessions.keys(), ...nemo.renders.keys()])
    expect(recording).not.toContain(id);
  const exchanges = readRecording(recording);
  expect(new Set(exchanges.map((it) => it.path)).size).toBeGreaterThan(4);
  const streams = exchanges.filter((it) => it.path === '/run_sse');
  expect(streams.map(({ answer }) => answer?.broken ?? false)).toEqual([false, false, true]);
  expect(JSON.stringify(streams[0])).toMatch(/generate_video_with_seedance/);
  expect(JSON.stringify(streams[0])).toMatch(/Xxx xxxxxxxxx xx xxxxxx\. 字字 \{\{address-\d+\}\}/);

  const replayer = await run('replay.ts', file, '--pace', '0');
  const again = await houseAt(nemo, replayer.url);
  const before = nemo.requests.length;
  await talk(again, () => {});
  expect(nemo.requests.length).toBe(before);
  expect(outcomeOf(again)).toEqual(outcomeOf(house));
  expect(outcomeOf(again).filter((it) => /^file/m.test(it))).toHaveLength(1);
  expect(await replayer.stop()).not.toContain('Not in the recording');
}, 60_000);
