/** The signs that mean something in Markdown, made to mean themselves, and back. Pure. */

/** Inside of a word the low line is one of its letters. */
const MARKUP = /[\\`*~|<>[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

export const escapeMarkup = (text: string): string => text.replace(MARKUP, '\\$&');

const ESCAPED = /\\([\\`*_[\]()#<>|~-])/g;
const ESCAPABLE = /^[\\`*_[\]()#<>|~-]$/;

/** For places where no Markdown is read. */
export const unescapeMarkup = (text: string): string => text.replace(ESCAPED, '$1');

export const isEscapable = (sign: string | undefined): boolean =>
  sign !== undefined && ESCAPABLE.test(sign);
