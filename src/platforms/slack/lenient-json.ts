/**
 * Parts of a message whose shape is only partly known: apps send blocks of their own, and Slack adds kinds. What has
 * another type than expected is not there.
 */
import { z } from 'zod';

export type Fields = Readonly<Record<string, unknown>>;

const record = z.record(z.string(), z.unknown());
const text = z.string();
const list = z.array(z.unknown());

export const fieldsOf = (value: unknown): Fields => record.safeParse(value).data ?? {};
export const textOf = (value: unknown): string => text.safeParse(value).data ?? '';
export const listOf = (value: unknown): readonly unknown[] => list.safeParse(value).data ?? [];

/** What may still be read of one message, and what of it could not be: shared by all its parts. */
export interface Reading {
  /** Parts, whatever their kind. */
  parts: number;
  characters: number;
  /** Something was left aside: it is of no known kind, too deep inside, or too much. */
  cutOff: boolean;
}

/** Slack takes 50 blocks and 100 table rows of 20 cells; a forwarded message brings as much once more. */
const MOST_PARTS = 10_000;
/** Slack cuts a message off at 40,000. */
const MOST_CHARACTERS = 120_000;
/** Of parts within parts. Rich text in a cell of a table in a container in a forwarded message needs eight. */
export const DEEPEST = 12;

export const newReading = (): Reading => ({
  parts: MOST_PARTS,
  characters: MOST_CHARACTERS,
  cutOff: false,
});

/** Counts one part; false when there have been too many. */
export function takePart(reading: Reading): boolean {
  if (reading.parts > 0) {
    reading.parts -= 1;
    return true;
  }
  reading.cutOff = true;
  return false;
}

export function takeText(value: unknown, reading: Reading): string {
  const whole = textOf(value);
  const taken = whole.slice(0, reading.characters);
  reading.characters -= taken.length;
  if (taken.length < whole.length) reading.cutOff = true;
  return taken;
}
