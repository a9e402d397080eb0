/** Pages that lie deeper than anybody writes them. */
import { expect, test } from 'vitest';
import { readHtml } from '../../../src/documents/html/read-html.ts';
import { walkHtml } from '../../../src/documents/html/walk-html.ts';

const DEEP = 2500;

interface Walk {
  readonly events: string[];
  readonly deepest: number;
}

function walk(html: string): Walk {
  const events: string[] = [];
  let depth = 0;
  let deepest = 0;
  walkHtml(html, {
    open(tag) {
      events.push(`<${tag}>`);
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    close(tag) {
      events.push(`</${tag}>`);
      depth -= 1;
    },
    words: (text) => void events.push(text),
  });
  expect(depth).toBe(0);
  return { events, deepest };
}

test('what is open is closed at the end, the last first', () => {
  expect(walk('<ul><li>a<p>b').events).toEqual([
    ...['<ul>', '<li>', 'a', '<p>', 'b', '</p>', '</li>', '</ul>'],
  ]);
});

test.each(['<div>', '<b>', '<li><ul>', '<p><b>', '<svg>', '<nav>', '<table><tr><td>'])(
  'no more than a thousand of %s are open at a time, and none is passed over',
  (tags) => {
    const { events, deepest } = walk(`${tags.repeat(DEEP)}x`);
    const opened = events.filter((it) => /^<\w/.test(it));
    expect(opened.join('')).toBe(tags.repeat(DEEP));
    expect(events.filter((it) => it.startsWith('</'))).toHaveLength(opened.length);
    expect(deepest).toBeLessThanOrEqual(1000);
  },
);

test('no words are lost on the way down and back up', () => {
  const down = Array.from({ length: DEEP }, (_, at) => `<div>d${at} &amp; <br>`).join('');
  const up = Array.from({ length: DEEP }, (_, at) => `u${at}</div>`).join(' ');
  const words = readHtml(Buffer.from(`${down}${up}`)).match(/[du]\d+/g);
  expect(words).toEqual([
    ...Array.from({ length: DEEP }, (_, at) => `d${at}`),
    ...Array.from({ length: DEEP }, (_, at) => `u${at}`),
  ]);
});

test('a script is no text where the page begins anew', () => {
  for (let depth = 995; depth <= 1005; depth += 1) {
    const html = `${'<b>'.repeat(depth)}<script>if (a<b) c</script>Sea <textarea><p>d</textarea>`;
    expect(readHtml(Buffer.from(html))).toBe('Sea');
  }
});

test('an end tag that opens what it closes does not hold up the walk', () => {
  expect(readHtml(Buffer.from(`${'<b>'.repeat(1000)}</p></br><br>Sea`))).toBe('Sea');
});
