/**
 * Tells linear work from quadratic by its growth alone: of eight times the text a linear reader makes eight times the
 * work, a quadratic one sixty-four times. No figure here says how fast a machine has to be.
 */

const FACTOR = 8;
/** Half way between 8 and 64 on the scale of factors. */
const MOST_GROWTH = 24;
/** Of twice the text: between 2 and 4. It clears readers that have nothing to do up to some length, or much for each character up to some reach. */
const MOST_GROWTH_OF_TWICE = 2.9;
const LONG = 32_000;
/** Microseconds. Below it, starting costs, the compiler and the collector of garbage outweigh the text. */
const MEASURABLE = 20_000;
const TRIES = 3;
/** So many measurements must agree: other work on the machine can spoil one. */
const AGREEING = 3;
/** A shorter text, at which a first look clears most readers for less; what it does not clear is measured. */
const LOOK = LONG / 4;
/** What is measurable in the end, and quadratic, takes at least so much at the look. */
const LOOK_MEASURABLE = MEASURABLE / 16;
/** Linear work grows eightfold, apart from what it takes to start. */
const LOOK_GROWTH = 12;
const TINY = 50;

type Cost = (length: number) => Promise<number>;

/** `cost` of a text of some length, in any unit of work; the least of several tries counts. */
export async function grewTooFast(cost: Cost): Promise<boolean> {
  return !(await looksLinear(cost)) && agree(cost, LONG);
}

/** The same for a text of documents: what is kept in lists may cost little until they are long. */
export const grewTooFastInDocuments = (cost: Cost): Promise<boolean> => agree(cost, 4 * LONG);

async function agree(cost: Cost, long: number): Promise<boolean> {
  for (let n = 0; n < AGREEING; n += 1) if (!(await looksTooFast(cost, long))) return false;
  return true;
}

async function looksLinear(cost: Cost): Promise<boolean> {
  const least = async (length: number) => Math.min(await cost(length), await cost(length));
  const first = await cost(LOOK);
  if (first < LOOK_MEASURABLE) return true;
  const start = await least(TINY);
  const most = start + LOOK_GROWTH * ((await least(LOOK / FACTOR)) - start);
  return first < most || (await cost(LOOK)) < most;
}

async function looksTooFast(cost: Cost, length: number): Promise<boolean> {
  const least = async (length: number) => {
    let found = await cost(length);
    for (let n = 1; n < TRIES; n += 1) found = Math.min(found, await cost(length));
    return found;
  };
  const first = await cost(length);
  if (first < MEASURABLE) return false;
  const short = await least(length / FACTOR);
  // Another try can only make less of the long one.
  if (first < MOST_GROWTH * short) return false;
  const long = Math.min(first, await least(length));
  if (long < MEASURABLE || long < MOST_GROWTH * short) return false;
  return (await least(2 * length)) > MOST_GROWTH_OF_TWICE * long;
}
