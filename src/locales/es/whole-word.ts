/** Whole words: `\b` does not know that "ó" is a letter. */

export const START = '(?<![\\p{L}\\p{N}])';
export const END = '(?![\\p{L}\\p{N}])';

export const word = (...sources: readonly string[]): RegExp =>
  new RegExp(`${START}(?:${sources.join('|')})(?!(?<=[\\p{L}\\p{N}])[\\p{L}\\p{N}])`, 'iu');
