/** No words hide where a link leads, on no platform. */
import { describe, expect, test } from 'vitest';
import { render as renderForDiscord } from '../../../src/platforms/discord/render-message.ts';
import { showAddresses } from '../../../src/platforms/shared/show-addresses.ts';
import { render as renderForSlack } from '../../../src/platforms/slack/render-message.ts';
import { bodyOf } from '../../../src/platforms/web/stored-message.ts';

describe('what the agent says', () => {
  test.each([
    [
      '[your account](https://evil.example/x?y)',
      '[your account (evil.example)](https://evil.example/x?y)',
    ],
    [
      '[words](<https://evil.example/> "nemo")',
      '[words (evil.example)](<https://evil.example/> "nemo")',
    ],
    ['[words]( \n\t https://evil.example)', '[words (evil.example)](https://evil.example)'],
    [
      '![picture](https://evil.example:8443/a.png)',
      '![picture (evil.example:8443)](https://evil.example:8443/a.png)',
    ],
    [
      '[https://nemo.example](https://evil.example)',
      '[https://nemo.example (evil.example)](https://evil.example)',
    ],
    ['[a [b](https://evil.example)', '[a [b (evil.example)](https://evil.example)'],
    ['[x [a](foo](https://evil.example)', '[x [a](foo (evil.example)](https://evil.example)'],
    ['[a\\](https://evil.example)', '[a (evil.example)\\](https://evil.example)'],
    ['[words](evil.example/x)', '[words (evil.example/x)](evil.example/x)'],
    ['[words](slack://evil)', '[words (slack://evil)](slack://evil)'],
    [
      '[words](https&#58;//evil.example)',
      '[words (https&#58;//evil.example)](https&#58;//evil.example)',
    ],
    [
      '[words](https://good.example&#64;evil.example/)',
      '[words (https://good.example&#64;evil.example/)](https://good.example&#64;evil.example/)',
    ],
    ['<https://evil.example/x|your account>', 'your account (https://evil.example/x)'],
    ['[words][1]\n\n[1]: https://evil.example', '[words][1]\n\n[1] : https://evil.example'],
    ['https://nemo.example@evil.example/x', 'https://evil.example/x'],
    ['https://аррӏе.com/x', 'https://xn--80ak6aa92e.com/x'],
    ['[apple](https://аррӏе.com)', '[apple (xn--80ak6aa92e.com)](https://xn--80ak6aa92e.com)'],
    ['\u202ehttps://elpmaxe.live', 'https://elpmaxe.live'],
  ])('%j shows the address', (said, shown) => expect(showAddresses(said)).toBe(shown));

  test.each([
    'https://nemo.example/workspace/claim?ct=abc_d-e',
    '[https://nemo.example/a](https://nemo.example/a)',
    'Look at https://nemo.example，然后告诉我 [1] (or not).',
    'list[0](first) and [ ] (none)',
    '`a` <b> **c** user@mail.example',
  ])('%j stays as it is', (said) => expect(showAddresses(said)).toBe(said));
});

describe('on every platform', () => {
  const thread = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1.1' } as const;
  const message = {
    text: 'See [your account](https://evil.example/x) or <https://evil.example/y|here>.',
    buttons: [{ label: 'Register', does: { url: 'https://nemo.example/register' } }] as const,
  };
  const shown =
    'See [your account (evil.example)](https://evil.example/x) or here (https://evil.example/y).';
  test('Slack', () => {
    const [rendered] = renderForSlack(message, thread);
    expect(rendered?.text).toBe(shown);
    expect(rendered?.blocks[0]).toEqual({ type: 'markdown', text: shown });
    expect(JSON.stringify(rendered?.blocks)).toContain('"Register"');
  });
  test('Discord', () => {
    const { parts } = renderForDiscord(message, undefined);
    expect(parts[0].content).toBe(shown);
    expect(JSON.stringify(parts[0].components)).toContain('"Register"');
  });
  test('the playground', () => {
    expect(bodyOf(message).text).toBe(shown);
    expect(bodyOf(message).buttons[0]?.label).toBe('Register');
  });
});
