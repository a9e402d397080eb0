/** What a clause of the agent's words tells the reader to do, by the patterns of every language. */
import { LOCALES } from '../../locales/locales.ts';
import type { Ask } from '../../locales/patterns.ts';

const GUI_TALK = LOCALES.map(({ guiTalk }) => guiTalk);

/**
 * What this clause tells the reader to do, or undefined when it is content. `clause` has its quoted
 * text blanked and its Chinese simplified; `spoken` is the same clause with the quoted text.
 */
export function instructionIn(clause: string, spoken: string): Ask | undefined {
  const words = clause.toLowerCase();
  for (const { leadIn, instructions } of GUI_TALK) {
    const rest = leadIn ? words.replace(leadIn, '') : words;
    const ask = instructions.find(([start]) => start.test(rest))?.[1];
    if (ask) return ask === 'named' ? askNamedIn(spoken) : ask;
  }
  return undefined;
}

function askNamedIn(spoken: string): Ask {
  if (GUI_TALK.some((it) => it.export.test(spoken))) return 'export';
  if (GUI_TALK.some((it) => it.credits.test(spoken))) return 'credits';
  return GUI_TALK.some((it) => it.place.test(spoken)) ? 'timeline' : 'nothing';
}

const LABELS = new RegExp(`^(?:${GUI_TALK.map(({ labels }) => labels).join('|')})\\s*[:：]$`, 'iu');

/** It only leads to the instruction behind it, and falls with it. */
export const leadsOn = (clause: string): boolean =>
  GUI_TALK.some(({ introduces }) => introduces.test(clause)) || LABELS.test(clause);

/** It only goes on from the instruction before it. */
export const goesOn = (clause: string): boolean =>
  GUI_TALK.some(({ continues }) => continues.test(clause));

const given = (sources: readonly (string | undefined)[]): string =>
  sources.filter((source) => source !== undefined).join('|');

/** Sources, of all languages together. */
export const JOINERS = given(GUI_TALK.map(({ joiners }) => joiners));
export const INSEPARABLE = given(GUI_TALK.map(({ inseparable }) => inseparable));
export const ABBREVIATIONS = given(GUI_TALK.map(({ abbreviations }) => abbreviations));
