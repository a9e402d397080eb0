/**
 * Everything that is on record, from one store to an empty one of another kind, table by table and a batch at a time. Both are held
 * meanwhile: nothing else can write to either. So a run that was cut off is gone on with where it ended, and what was
 * copied before is still as it was.
 */

export type Value = string | number | boolean | null;
/** As it stands in the target: by the columns of its table. */
export type Row = Readonly<Record<string, Value>>;
/** Where a batch ended, in the words of the source. */
export type Place = readonly Value[];

export interface Batch {
  readonly rows: readonly Row[];
  /** Undefined: there was nothing more. */
  readonly end: Place | undefined;
}

export interface MoveSource {
  /** The names of its tables, in an order in which what is referred to comes first. */
  readonly tables: readonly string[];
  count(table: string): number;
  read(table: string, after: Place | undefined, limit: number): Batch;
  /** The highest number that was ever given to a row of each table that numbers its rows. */
  highest(): ReadonlyMap<string, number>;
}

export interface Progress {
  readonly table: string;
  readonly after: Place | undefined;
}

export interface MoveTarget {
  /** How far an earlier run came. */
  readonly progress: Progress | undefined;
  /** The rows and how far it is now, in one transaction; refused where another run has come further meanwhile. */
  put(rows: readonly Row[], next: Progress): Promise<void>;
  count(table: string): Promise<number>;
  /** Of these rows the ones that are there, by their keys, in any order. */
  find(table: string, rows: readonly Row[]): Promise<readonly Row[]>;
  /** One text for a row's key, and one for all of it. */
  keyOf(table: string, row: Row): string;
  textOf(table: string, row: Row): string;
  /** From now on it can be written, and goes on with its numbers behind these. */
  finish(highest: ReadonlyMap<string, number>): Promise<void>;
}

export interface Moved {
  readonly table: string;
  readonly rows: number;
  /** Of all rows as the target has them, in the order of the source. */
  readonly checksum: string;
}

export interface MoveOptions {
  /** Rows in one transaction. */
  readonly batch: number;
  /** After each batch, and of each table that was compared. */
  readonly report: (done: { readonly what: 'copied' | 'compared' } & Moved) => void;
}

/** What is there is not what was to be moved; the message is a sentence for the operator. */
export class MoveFailed extends Error {
  override name = 'MoveFailed';
}
