/** What is noted of a file is read back, in the forms of earlier versions too; each file is opened, or refused with its reason. */
import { describe, expect, test } from 'vitest';
import { readLocator as readDiscord } from '../../src/platforms/discord/file-locator.ts';
import { attachmentOf as ofDiscord } from '../../src/platforms/discord/message-text.ts';
import { isStub, readLocator as readSlack } from '../../src/platforms/slack/file-locator.ts';
import { attachmentOf as ofSlack } from '../../src/platforms/slack/payloads.ts';
import { readLocator as readWeb } from '../../src/platforms/web/file-locator.ts';
import { attachmentOf as ofWeb } from '../../src/platforms/web/receive.ts';

const url = 'https://files.slack.com/a.png';
const FILE = '0b8f7f4e-5a2d-4c6e-9a53-9d3b2f6f0c11';

describe('Slack', () => {
  test.each([
    ['here', { url_private_download: url }],
    ['here', { url_private: url }],
    ['stub', {}],
    ['stub', { url_private: url, file_access: 'check_file_info' }],
    ['deleted', { mode: 'tombstone', url_private: url }],
    // Just after a post Slack may not find it yet.
    ['stub', { file_access: 'file_not_found' }],
    ['hidden', { mode: 'hidden_by_limit' }],
    ['external', { is_external: true, url_private: 'https://drive.test/a' }, 'drive.test'],
    ['external', { mode: 'external' }],
  ])('%s: %o', (standing, file, service?: string) => {
    const attachment = ofSlack({ id: 'F1', name: 'a.png', ...file });
    expect(readSlack(attachment)).toEqual({
      standing,
      file: 'F1',
      ...(standing === 'here' ? { url } : {}),
      ...(service ? { service } : {}),
    });
    expect(isStub(attachment)).toBe(standing === 'stub');
  });

  test('as earlier versions noted it: an address beside every standing', () => {
    for (const standing of ['here', 'stub', 'deleted', 'hidden', 'external'])
      expect(readSlack({ locator: { file: 'F1', standing, url } })?.standing).toBe(standing);
  });
});

describe('Discord', () => {
  const file = { id: '1', filename: 'a.png', size: 1, url };
  const inMessage = { of: 'message', url, channel: '2', message: '3' };

  test('a file of a message, and one of a command', () => {
    expect(readDiscord(ofDiscord(file, { id: '3', channel_id: '2' }))).toEqual(inMessage);
    expect(readDiscord(ofDiscord(file))).toEqual({ of: 'interaction', url });
  });

  test('as earlier versions noted it: without a word of which it is', () => {
    expect(readDiscord({ locator: { url, channel: '2', message: '3' } })).toEqual(inMessage);
    expect(readDiscord({ locator: { url } })).toEqual({ of: 'interaction', url });
  });
});

test('the playground: the id of a file that it keeps', () => {
  const attachment = ofWeb({ id: FILE, name: 'a.png', bytes: 1, mime: 'image/png' });
  expect(readWeb(attachment)).toEqual({ file: FILE });
  expect(readWeb({ locator: { file: '../a' } })).toBeUndefined();
});

test('what another platform has noted, or nobody, is no locator', () => {
  for (const locator of [{}, { file: FILE }, { standing: 'here', file: 'F1' }]) {
    expect(readSlack({ locator })).toBeUndefined();
    expect(readDiscord({ locator })).toBeUndefined();
  }
  expect(readWeb({ locator: { url } })).toBeUndefined();
});
