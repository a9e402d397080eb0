/** The balance. Missing or negative numbers count as nothing and never stop anybody. */

import { field, type Opened } from './envelope.ts';
import type { Http } from './http.ts';
import type { Credits } from './nemo.ts';
import { ask } from './request-json.ts';

export async function fetchCredits(
  http: Http,
  token: string,
  signal: AbortSignal,
): Promise<Credits> {
  const path = '/api/credits/balance/simple';
  const opened = await ask(http, { endpoint: 'credits', method: 'GET', path, token, signal });
  const available = amount(opened, 'available');
  const frozen = amount(opened, 'frozen');
  const sum = Math.max(0, available ?? 0) + Math.max(0, frozen ?? 0);
  const isGuess = [available, frozen].some((number) => number === undefined || number < 0);
  return {
    available: Math.max(0, available ?? 0),
    frozen: Math.max(0, frozen ?? 0),
    total: Math.max(0, amount(opened, 'total') ?? sum),
    ...(isGuess ? { guessed: true } : {}),
  };
}

function amount(opened: Opened, name: string): number | undefined {
  const value = field(opened, name);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
