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
  /** Holds when the server has answered who asks it next something with all of these words; that answer is held, too. */
  holdAnswerTo(...words: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

type Pair = readonly [near: Socket, far: Socket];

interface Watched {
  readonly words: readonly string[];
  readonly answered: (pair: Pair, answer: Buffer) => void;
}

/** To a server on this machine. */
export async function networkTo(target: number): Promise<Network> {
  const pairs = new Set<Pair>();
  let held = false;
  let watched: Watched | undefined;
  const flow = ([one, other]: Pair) => {
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
        if (from === near && watched?.words.every((word) => bytes.includes(word))) {
          const { answered } = watched;
          watched = undefined;
          far.removeAllListeners('data');
          far.once('data', (answer) => answered(pair, answer));
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
      watched = {
        words: [words],
        answered([near, far]) {
          near.resetAndDestroy();
          far.resetAndDestroy();
        },
      };
    },
    holdAnswerTo: (...words) =>
      new Promise((resolve) => {
        const answered = ([near, far]: Pair, answer: Buffer) => {
          all(true);
          far.on('data', (bytes) => near.write(bytes));
          far.pause();
          far.unshift(answer);
          resolve();
        };
        watched = { words, answered };
      }),
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
