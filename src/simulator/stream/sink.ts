import type { ServerResponse } from 'node:http';

/** The listener's end of a stream. Writing to one who has gone is no error. */
export interface Sink {
  readonly open: boolean;
  /** Resolves when there is room for more. */
  write(bytes: string): Promise<void>;
  close(): void;
  /** Without the end that a whole answer has. */
  break(): void;
}

export function eventStream(response: ServerResponse, gone: () => void): Sink {
  response.on('close', gone);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
  });
  response.flushHeaders();
  return {
    get open() {
      return !response.destroyed && !response.writableEnded;
    },
    async write(bytes) {
      if (!this.open || bytes === '' || response.write(bytes)) return;
      await new Promise<void>((resolve) => {
        const settle = () => {
          response.off('drain', settle);
          response.off('close', settle);
          resolve();
        };
        response.on('drain', settle);
        response.on('close', settle);
      });
    },
    close: () => void response.end(),
    break: () => void response.destroy(),
  };
}
