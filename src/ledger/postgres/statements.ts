/** What the tables are read and written with: one client, of a transaction or of the pool, and rows that are checked. */
import type pg from 'pg';
import { z } from 'zod';
import { query } from '../../runtime/postgres/database.ts';
import { rowShapes } from '../row-shapes.ts';

export type Sql = pg.Pool | pg.PoolClient;

export async function rowsOf<T>(
  sql: Sql,
  row: z.ZodType<T>,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const found = await query(sql, text, values);
  return z.array(row).parse(found.rows);
}

export async function rowOf<T>(
  sql: Sql,
  row: z.ZodType<T>,
  text: string,
  values: readonly unknown[] = [],
): Promise<T | undefined> {
  return (await rowsOf(sql, row, text, values))[0];
}

/** How many rows were written. */
export async function changed(sql: Sql, text: string, values: readonly unknown[]): Promise<number> {
  return (await query(sql, text, values)).rowCount ?? 0;
}

const countRow = z.object({ count: z.coerce.number() });

export async function countOf(
  sql: Sql,
  text: string,
  values: readonly unknown[] = [],
): Promise<number> {
  return (await rowOf(sql, countRow, text, values))?.count ?? 0;
}

/** bigint comes as text; all that are stored here are exact as numbers. */
export const whole = z.coerce.number();

export const shapes = rowShapes(whole, z.boolean());

/** PostgreSQL has no place in text for a NUL, which JSON has not either; it shows as nothing. */
export const storable = (text: string): string => text.replaceAll('\0', '');
