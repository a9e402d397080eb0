/** The one connection that hears what a real server tells, while that is stopped and started. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createListener, type Listener } from '../../../src/runtime/postgres/listener.ts';
import { type ManualTimers, manualTimers } from '../../doubles/manual-timers.ts';
import { type Network, networkTo } from '../../doubles/network.ts';
import { describePostgres, usePostgres } from '../../doubles/use-postgres.ts';

const server = usePostgres();
let url: string;
let network: Network;
let listener: Listener;
let timers: ManualTimers;
let lost: unknown[];

/** What was told, and where each hearing began; `next` resolves with the one after all that was asked for. */
function ear() {
  const heard: string[] = [];
  let asked = 0;
  let waiting: { readonly nth: number; readonly resolve: (text: string) => void } | undefined;
  const add = (text: string) => {
    heard.push(text);
    if (waiting && heard.length > waiting.nth) waiting.resolve(heard[waiting.nth] ?? '');
  };
  const next = async (): Promise<string> => {
    const nth = asked;
    asked += 1;
    const there = heard[nth];
    if (there !== undefined) return there;
    return await new Promise((resolve) => {
      waiting = { nth, resolve };
    });
  };
  return { told: add, hearing: () => add('(hearing)'), next };
}

async function ask(text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const LISTENERS = `SELECT count(*)::integer AS n FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'nemo-bot listener'`;

describePostgres('with PostgreSQL', () => {
  beforeEach(async () => {
    url = await server.freshDatabase();
    network = await networkTo(server.port);
    timers = manualTimers();
    lost = [];
    const through = new URL(url);
    through.port = String(network.port);
    const onLost = (error: unknown) => lost.push(error);
    listener = createListener({ url: through.href, timers, onLost });
  });
  afterEach(async () => {
    await listener.close();
    await network.close();
  });

  test('one connection hears several channels, each what it is told', async () => {
    const [one, two] = [ear(), ear()];
    await listener.listen('one', one.told, one.hearing);
    const { close } = await listener.listen('two', two.told, two.hearing);
    expect([await one.next(), await two.next()]).toEqual(['(hearing)', '(hearing)']);
    await ask("SELECT pg_notify('two', 'a'), pg_notify('one', 'b')");
    expect([await one.next(), await two.next()]).toEqual(['b', 'a']);
    expect((await ask(LISTENERS)).rows).toEqual([{ n: 1 }]);
    await close();
    await ask("SELECT pg_notify('two', 'c'), pg_notify('one', 'd')");
    expect(await one.next()).toBe('d');
  });

  test('a connection that is lost is made again, and whoever listens is told that something may have been missed', async () => {
    const one = ear();
    await listener.listen('one', one.told, one.hearing);
    await one.next();
    await server.stop();
    const again = one.next();
    await expect.poll(() => lost.length).toBe(1);
    await timers.advance(500);
    await expect.poll(() => lost.length).toBe(2);
    await server.start();
    await timers.advance(500);
    expect(await again).toBe('(hearing)');
    await ask("SELECT pg_notify('one', 'e')");
    expect(await one.next()).toBe('e');
  });

  test('who listens while the server is away hears as soon as it is there', async () => {
    await server.stop();
    const one = ear();
    await listener.listen('one', one.told, one.hearing);
    await server.start();
    await timers.advance(500);
    expect(await one.next()).toBe('(hearing)');
  });

  test('a connection that the server or the network ends is made again; one that is well is kept', async () => {
    const one = ear();
    await listener.listen('one', one.told, one.hearing);
    await one.next();
    const pid = `SELECT pid FROM pg_stat_activity WHERE application_name = 'nemo-bot listener'
      AND datname = current_database()`;
    await ask(`SELECT pg_terminate_backend((${pid}))`);
    await expect.poll(() => lost.length).toBe(1);
    await timers.advance(500);
    expect(await one.next()).toBe('(hearing)');
    network.cut();
    await expect.poll(() => lost.length).toBe(2);
    await timers.advance(500);
    expect(await one.next()).toBe('(hearing)');
    await timers.advance(10_000);
    await ask("SELECT pg_notify('one', 'f')");
    expect(await one.next()).toBe('f');
    expect(lost).toHaveLength(2);
  });
});
