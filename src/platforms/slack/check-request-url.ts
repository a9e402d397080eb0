/** Does what Slack sends reach the bot? Asked as Slack asks when an address is entered: a signed question whose answer is in it. */
import { createHmac, randomUUID } from 'node:crypto';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';

export async function checkRequestUrl(
  url: string,
  signingSecret: string,
  signal: AbortSignal,
): Promise<Finding> {
  const challenge = randomUUID();
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    if (response.ok && text.includes(challenge))
      return well(`What Slack sends to ${url} reaches a bot`);
    if (response.status === 401)
      return wrong(
        `The bot at ${url} takes what is signed with SLACK_SIGNING_SECRET for a stranger's`,
        'it was started with another secret, or its clock is wrong: start it again with these settings',
      );
    return away(url, `status ${response.status}`);
  } catch (error) {
    signal.throwIfAborted();
    return away(url, error instanceof Error ? error.message : String(error));
  }
}

/** The bot may just not be running. */
const away = (url: string, why: string): Finding =>
  weak(
    `No bot answers at ${url} (${why}), where Slack sends events`,
    'start the bot; let that address (DNS, proxy, TLS) reach PORT; or set another one in the app: "npm run manifest -- https://your.host"',
  );
