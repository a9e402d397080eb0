/** What an admin writes behind the command, or a button of the desk says in its place. A claim: it is checked when it is done. Pure. */
import { type BrandOrder, brandOrderIn } from '../brand/answer-brand.ts';
import { RULED, RULINGS, type Ruled, type Ruling } from './rulings.ts';

export type Order =
  | BrandOrder
  /** How to allow and deny; a platform with a form for it opens that in place of an answer. */
  | { readonly type: 'rules' }
  | { readonly type: 'look'; readonly everywhere: boolean }
  | { readonly type: 'pause' | 'resume'; readonly everywhere: boolean }
  | { readonly type: 'stop'; readonly turn: string }
  | { readonly type: 'rule'; readonly ruling: Ruling; readonly what: Ruled; readonly id: string };

/** No id of any platform is longer. */
const LONGEST_ID = 64;

/** `here` is the channel it was written in. Undefined: it is none. */
export function orderIn(text: string | undefined, here: string): Order | undefined {
  const brand = brandOrderIn(text ?? '');
  if (brand) return brand;
  const [first = '', second = '', third = '', ...more] = (text ?? '')
    .trim()
    .split(/\s+/)
    .slice(0, 5);
  if (more.length > 0) return undefined;
  const word = first.toLowerCase();
  const isEverywhere = second.toLowerCase() === 'everywhere';
  switch (word) {
    case '':
      return { type: 'look', everywhere: false };
    case 'rules':
      return { type: 'rules' };
    case 'everywhere':
      return { type: 'look', everywhere: true };
    case 'pause':
    case 'resume':
      if (second !== '' && !isEverywhere) return undefined;
      return { type: word, everywhere: isEverywhere };
    case 'stop':
      return isId(second) && third === '' ? { type: 'stop', turn: second } : undefined;
  }
  const ruling = RULINGS.find((it) => it === word);
  if (!ruling) return undefined;
  if (second.toLowerCase() === 'here' && third === '')
    return { type: 'rule', ruling, what: 'channel', id: here };
  const what = RULED.find((it) => it === second.toLowerCase());
  return what && isId(third) ? { type: 'rule', ruling, what, id: third } : undefined;
}

const isId = (text: string): boolean => text.length <= LONGEST_ID && /^[\w-]+$/.test(text);
