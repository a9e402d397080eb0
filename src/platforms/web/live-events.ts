/**
 * What happens, as it happens, to every open page. A page says how far it has read; what it gets is
 * read from the store, so a reload, a lost connection and a restart of the process are all the same
 * case, and a slow page costs no memory.
 */
import type { ServerResponse } from 'node:http';
import type { ActivityEvent, PageChange } from './wire.ts';

export interface ChangeSource {
  readonly epoch: string;
  seq(): number;
  /** In order of `seq`. */
  changesAfter(seq: number, limit: number): readonly PageChange[];
}

export type LiveEvents = ReturnType<typeof createLiveEvents>;

const BATCH = 50;
const MOST_PAGES = 100;

interface Page {
  wake(): void;
  tell(activity: ActivityEvent): void;
}

export function createLiveEvents(source: ChangeSource) {
  const pages = new Set<Page>();
  const activities = new Map<string, string>();

  async function serve(res: ServerResponse, after: number): Promise<void> {
    let read = Math.min(after, source.seq());
    let wake = () => {};
    let woken = false;
    const send = async (event: string, data: unknown, id?: number) => {
      const idLine = id === undefined ? '' : `id: ${id}\n`;
      const taken = res.write(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
      if (!taken && !res.closed) await drained(res);
    };
    const page: Page = {
      wake: () => {
        woken = true;
        wake();
      },
      tell: (activity) => {
        if (!res.writableNeedDrain)
          res.write(`event: activity\ndata: ${JSON.stringify(activity)}\n\n`);
      },
    };
    pages.add(page);
    res.once('close', page.wake);
    try {
      await send('hello', { epoch: source.epoch });
      for (const [thread, label] of activities) page.tell({ thread, label });
      while (!res.closed) {
        woken = false;
        const changes = source.changesAfter(read, BATCH);
        for (const change of changes) {
          await send('change', change, change.seq);
          read = change.seq;
        }
        if (changes.length === 0 && !woken) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      pages.delete(page);
    }
  }

  return {
    isFull: () => pages.size >= MOST_PAGES,
    /** Resolves when the page is gone. */
    async attach(res: ServerResponse, after: number): Promise<void> {
      res.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      // How long a browser waits before it connects anew, in milliseconds.
      res.write('retry: 1000\n\n');
      await serve(res, after);
    },
    changed: () => {
      for (const page of pages) page.wake();
    },
    activity: (thread: string, label: string | undefined) => {
      if (activities.get(thread) === label) return;
      if (label === undefined) activities.delete(thread);
      else activities.set(thread, label);
      for (const page of pages) page.tell({ thread, label });
    },
  };
}

/** Resolves when more may be written, or when nobody reads any more. */
function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.on('drain', done);
    res.on('close', done);
  });
}
