/** A page's connection to the stream of changes, with the protocol's own parser. */
import { request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { ActivityEvent, PageChange } from '../../../src/platforms/web/wire.ts';
import type { Playground } from './support.ts';

export interface LiveClient {
  /** Resolves with the first change, past or to come, that fits. */
  change(fits: (change: PageChange) => boolean): Promise<PageChange>;
  activity(fits: (activity: ActivityEvent) => boolean): Promise<ActivityEvent>;
  readonly changes: readonly PageChange[];
  readonly lastId: number;
  close(): void;
}

export async function followChanges(
  playground: Playground,
  after: number,
  lastEventId?: number,
): Promise<LiveClient> {
  const changes: PageChange[] = [];
  const activities: ActivityEvent[] = [];
  const waiters = new Set<() => void>();
  let lastId = after;

  const parser = createParser({
    onEvent({ event, data, id }) {
      if (event === 'change') changes.push(JSON.parse(data));
      if (event === 'activity') activities.push(JSON.parse(data));
      if (id !== undefined) lastId = Number(id);
      for (const wake of waiters) wake();
    },
  });
  const headers = {
    Host: `127.0.0.1:${playground.port}`,
    ...(lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) }),
  };
  const req = request(`${playground.url}/api/events?after=${after}`, { headers, agent: false });
  await new Promise<void>((resolve, reject) => {
    req.on('error', reject);
    req.on('response', (res) => {
      res.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
      // The server may go away: that is what some tests are about.
      res.on('error', () => {});
      resolve();
    });
    req.end();
  });

  function first<T>(list: readonly T[], fits: (one: T) => boolean): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = list.find(fits);
        if (found === undefined) return;
        waiters.delete(look);
        resolve(found);
      };
      waiters.add(look);
      look();
    });
  }

  return {
    change: (fits) => first(changes, fits),
    activity: (fits) => first(activities, fits),
    changes,
    get lastId() {
      return lastId;
    },
    close: () => req.destroy(),
  };
}
