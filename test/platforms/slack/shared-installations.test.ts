/** Installations that several processes share: made, renewed and removed at one, used at the other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack/slack-double.ts';
import { databaseFile } from '../../doubles/temporary-folder.ts';
import { type Bare, handMadeInbox, startPlatform } from './bare.ts';

let slack: SlackDouble;
let one: Bare;
let two: Bare;

beforeEach(async () => {
  const file = await databaseFile();
  slack = await startSlackDouble({ http: { eventsUrl: '' } });
  const begin = () => startPlatform('http', handMadeInbox(), { oauth: true, path: file, slack });
  [one, two] = [await begin(), await begin()];
});
afterEach(async () => {
  for (const bare of [one, two]) await bare.close();
  await slack.close();
});

/** Goes through both pages of that process as a browser would, with its cookie. */
async function install({ botUrl }: Bare, code: string): Promise<void> {
  const page = await fetch(`${botUrl}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [, address = ''] = /href="(http[^"]+)"/.exec(await page.text()) ?? [];
  const back = new URL(`${botUrl}/slack/oauth_redirect`);
  back.searchParams.set('code', code);
  const state = new URL(address.replaceAll('&amp;', '&')).searchParams.get('state');
  back.searchParams.set('state', state ?? '');
  expect((await fetch(back, { headers: { cookie } })).status).toBe(200);
}

const post = ({ platform }: Bare, key: string) =>
  platform
    .thread({ platform: 'slack', workspace: 'T0ONE', channel: 'C0TEA', thread: '1.000001' })
    .post({ text: 'hello' }, { key });
const tokens = () => [...slack.tokens].filter(([, team]) => team === 'T0ONE');

/** The event comes to that process. */
function removed({ botUrl }: Bare, at: number) {
  if (slack.http) slack.http.eventsUrl = `${botUrl}/slack/events`;
  return slack.event(
    { type: 'app_uninstalled' },
    { team_id: 'T0ONE', event_time: Math.floor(at / 1000) },
  );
}

test('an installation that another process took anew is used at once: the old token is turned away', async () => {
  await install(one, 'T0ONE');
  await post(two, 'first');
  const [[old = ''] = []] = tokens();
  slack.tokens.delete(old);
  await install(one, 'T0ONE');
  await post(two, 'second');
  expect(slack.messages.filter(({ text }) => text === 'hello')).toHaveLength(2);
});

test('what is removed at one is removed for all', async () => {
  await install(one, 'T0ONE');
  await post(two, 'first');
  slack.tokens.clear();
  await removed(one, Date.now() + 1_000);
  await expect(post(two, 'second')).rejects.toMatchObject({ reason: 'gone' });
});

test('a removal that is told late does not take an installation that was made since', async () => {
  await install(one, 'T0ONE');
  const before = Date.now() - 5_000;
  await removed(two, before);
  await post(one, 'first');
  await post(two, 'second');
});

test('a token that ends is renewed by one: what renews it is good once', async () => {
  await install(one, 'T0ONE-rotating');
  await Promise.all([post(one, 'first'), post(two, 'second'), post(one, 'third')]);
  const renewed = slack
    .callsOf('oauth.v2.access')
    .filter(({ args }) => args['grant_type'] === 'refresh_token');
  expect(renewed).toHaveLength(1);
  expect(slack.messages.filter(({ text }) => text === 'hello')).toHaveLength(3);
});

test('a removal while a token is being renewed leaves nothing behind', async () => {
  await install(one, 'T0ONE-rotating');
  const posted = post(one, 'first').catch(() => undefined);
  await removed(two, Date.now() + 1_000);
  await posted;
  slack.tokens.clear();
  await expect(post(two, 'second')).rejects.toMatchObject({ reason: 'gone' });
});
