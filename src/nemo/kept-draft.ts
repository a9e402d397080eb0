/** A draft as text, to be kept and ordered once more to the digit. */
import { parseExact, stringifyExact } from './exact-json.ts';
import type { Json } from './nemo.ts';

export const textOfDraft = (draft: Json): string => stringifyExact(draft);

/** Of what `textOfDraft` gave: out of a JSON parser comes `Json`. */
export const draftOfText = (text: string): Json => parseExact(text) as Json;
