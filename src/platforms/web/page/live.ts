/** The stream of changes, kept open; the browser and the server agree on where to go on. */
import type { ActivityEvent, PageChange } from '../wire.ts';
import { api, SignedOut } from './api.ts';

export interface LiveListener {
  onChange(change: PageChange): void;
  onActivity(activity: ActivityEvent): void;
  onConnection(connected: boolean): void;
  onSignedOut(): void;
}

/** Another try after the server has refused the stream; after a lost connection browsers try by themselves. */
const RETRY_MS = 2_000;

export function follow(after: number, epoch: string, listener: LiveListener): void {
  let read = after;

  function connect(): void {
    const source = new EventSource(`/api/events?after=${read}`);
    source.addEventListener('hello', ({ data }) => {
      // The server has another data folder now: everything on this page is of the past.
      if (JSON.parse(data).epoch !== epoch) location.reload();
      listener.onConnection(true);
    });
    source.addEventListener('change', ({ data }) => {
      const change: PageChange = JSON.parse(data);
      read = change.seq;
      listener.onChange(change);
    });
    source.addEventListener('activity', ({ data }) => listener.onActivity(JSON.parse(data)));
    source.onerror = () => {
      listener.onConnection(false);
      if (source.readyState === EventSource.CLOSED) void comeBack();
    };
  }

  /** A stream does not tell why it was refused; another request does. */
  async function comeBack(): Promise<void> {
    try {
      await api.config();
    } catch (error) {
      if (error instanceof SignedOut) return listener.onSignedOut();
    }
    setTimeout(connect, RETRY_MS);
  }

  connect();
}
