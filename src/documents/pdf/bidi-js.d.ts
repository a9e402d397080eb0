/** What is used of `bidi-js`. Its own types describe a default export that Node, which loads its CommonJS, does not see. */
declare module 'bidi-js' {
  interface Levels {
    readonly levels: Uint8Array;
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): Levels;
    getReorderedIndices(text: string, order: Levels): number[];
    getMirroredCharactersMap(text: string, levels: Uint8Array): Map<number, string>;
    getMirroredCharacter(character: string): string | null;
  }
  function createBidi(): Bidi;
  export = createBidi;
}
