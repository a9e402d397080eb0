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
  const available = amount(opened, 'available') ?? 0;
  const frozen = amount(opened, 'frozen') ?? 0;
  return { available, frozen, total: amount(opened, 'total') ?? available + frozen };
}

function amount(opened: Opened, name: string): number | undefined {
  const value = field(opened, name);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.max(0, number) : undefined;
}
