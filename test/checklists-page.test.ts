/** docs/checklists.md: each convention of the two shops names a file and a test that there are, or the operator. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const page = read('docs/checklists.md');

const rowsOf = (shop: string): string[][] =>
  (page.split(`## ${shop}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| convention |'))
    .map((line) =>
      line
        .slice(2, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );

/** By words that the row has. */
const CONVENTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  'Slack Marketplace': [
    /names of commands that no other app/,
    /`help` on each command/,
    /short description of at most ten words/,
    /AI makes it and may be wrong/,
    /what needs a paid plan/,
    /shortcut names that begin with a verb/,
    /confirmation before an action that costs/,
    /landing page .*success/,
    /landing page .*said no/,
    /landing page .*wrong workspace/,
    /message to the installer, with three steps/,
    /feedback buttons/,
    /feedback is counted/,
    /links to support, privacy and terms/,
    /alternative text/,
    /token rotation/,
    /written reason for each scope/,
    /how long what is kept/,
    /"forget" command/,
    /data after the app was uninstalled/,
    /the model behind it/,
    /enhanced review/,
  ],
  'Discord App Directory': [
    /`default_member_permissions`/,
    /`file_types`/,
    /`description` of attachments/,
    /contexts and kinds of installation/,
    /default install settings/,
    /five tags, a description of at most 400/,
    /five largest languages/,
    /system channel .*once/,
    /support, privacy and terms/,
    /"forget" command/,
    /data after a true removal/,
    /takes the app's authorisation back/,
    /Message Content intent above 10,000/,
  ],
};

describe.each(Object.entries(CONVENTIONS))('%s', (shop, conventions) => {
  const rows = rowsOf(shop);

  test('has a row for each convention', () => {
    const missing = conventions.filter((words) => !rows.some(([name = '']) => words.test(name)));
    expect(missing).toEqual([]);
  });

  test.each(rows)('%s', (_convention, by = '', named = '') => {
    if (by === 'operator') return expect(named).toBe('');
    const [, file = ''] = /^`([^`]+)`$/.exec(by) ?? [];
    expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    const [, where = '', title = ''] = /^`(test\/[^`]+)`: "(.+)"$/.exec(named) ?? [];
    const titles = [...read(where).matchAll(/\(\s*(['"`])(.+)/g)].map(([, , text = '']) => text);
    expect(
      titles.some((text) => text.startsWith(title)),
      title,
    ).toBe(true);
  });
});
