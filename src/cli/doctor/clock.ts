/**
 * The clock of this machine beside those of the servers that are asked anyway: every answer has the time in its `Date`.
 * They are heard of where both HTTP clients of the program, Node's own and undici, announce what they receive.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import { type Finding, weak, well, wrong } from '../../runtime/finding.ts';

export interface SeenDate {
  readonly host: string;
  /** Milliseconds that this machine is ahead of that server; negative: behind. */
  readonly ahead: number;
}

const CHANNEL = 'undici:request:headers';
/** Slack signs with a time and takes five minutes; half a minute is a clock that nobody sets. */
const MOST_SKEW_MS = 30_000;

const announced = z.object({
  request: z.object({ origin: z.union([z.string(), z.instanceof(URL)]).nullish() }),
  response: z.object({ headers: z.array(z.instanceof(Uint8Array)) }),
});

export function watchDates(now: () => number): Disposable & { readonly seen: readonly SeenDate[] } {
  const seen: SeenDate[] = [];
  const look = (message: unknown): void => {
    const { data } = announced.safeParse(message);
    if (!data?.request.origin) return;
    const names = data.response.headers.map((bytes) => Buffer.from(bytes).toString('latin1'));
    const at = names.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'date');
    const told = Date.parse(names[at + 1] ?? '');
    if (at < 0 || Number.isNaN(told)) return;
    // The header has whole seconds: on the average it is half a second old.
    seen.push({ host: new URL(data.request.origin).host, ahead: now() - told - 500 });
  };
  subscribe(CHANNEL, look);
  return { seen, [Symbol.dispose]: () => void unsubscribe(CHANNEL, look) };
}

/** Where one agrees with ours, it is the others that are wrong. */
export function clockFinding(seen: readonly SeenDate[]): Finding {
  const [nearest] = seen.toSorted((one, other) => Math.abs(one.ahead) - Math.abs(other.ahead));
  if (!nearest)
    return weak(
      'The clock could not be compared: no server has told the time',
      'see to it that it is set by NTP',
    );
  const { host, ahead } = nearest;
  if (Math.abs(ahead) <= MOST_SKEW_MS)
    return well(`The clock agrees with that of ${host} within ${MOST_SKEW_MS / 1000} s`);
  const far = `${(Math.abs(ahead) / 60_000).toFixed(1)} minutes`;
  return wrong(
    `The clock of this machine is ${far} ${ahead > 0 ? 'ahead of' : 'behind'} that of ${host}`,
    'have it set by NTP (timedatectl set-ntp true): what Slack signs more than five minutes off is refused',
  );
}
