/** The network between the bot and a server: it can stop carrying anything, without telling anybody, or break. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Network {
  readonly port: number;
  /** Nothing arrives any more, in neither direction; new connections are taken and lead nowhere. */
  hold(): void;
  release(): void;
  /** Every connection is reset. */
  cut(): void;
  /**
   * The next connection that is asked something with these words is reset once the server has answered: it was done, and
   * who asked does not hear so.
   */
  loseAnswerTo(words: string): void;
  close(): Promise<void>;
}

/** To a server on this machine. */
export async function networkTo(target: number): Promise<Network> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let held = false;
  let losing: string | undefined;
  const flow = ([one, other]: readonly [Socket, Socket]) => {
    for (const socket of [one, other]) {
      if (held) socket.pause();
      else socket.resume();
    }
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => {
        if (from === near && losing !== undefined && bytes.includes(losing)) {
          losing = undefined;
          far.removeAllListeners('data');
          far.once('data', () => {
            near.resetAndDestroy();
            far.resetAndDestroy();
          });
        }
        to.write(bytes);
      });
      // What ends one side ends the other; why is told by what it closes with.
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
    }
    flow(pair);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const all = (on: boolean) => {
    held = on;
    for (const pair of pairs) flow(pair);
  };
  const cut = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  return {
    port: address.port,
    hold: () => all(true),
    release: () => all(false),
    cut,
    loseAnswerTo(words) {
      losing = words;
    },
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
