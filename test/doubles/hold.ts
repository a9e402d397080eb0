/**
 * A call whose answer never comes, for a test that ends the caller meanwhile: what it asked for is done
 * (`done`), or it never arrived (`lost`).
 */
export interface Holds<Call> {
  /** Takes hold of the next call that fits; resolves when it is held. */
  next(fits: (call: Call) => boolean, how: 'done' | 'lost'): Promise<void>;
  /** Undefined: the call is answered as usual. */
  take(call: Call): Held | undefined;
}

export interface Held {
  readonly how: 'done' | 'lost';
  /** To be called when what is to be done is done. */
  readonly reached: () => void;
}

export function createHolds<Call>(): Holds<Call> {
  const waiting: (Held & { readonly fits: (call: Call) => boolean })[] = [];
  return {
    next(fits, how) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ fits, how, reached: resolve });
      return promise;
    },
    take(call) {
      const at = waiting.findIndex(({ fits }) => fits(call));
      return at < 0 ? undefined : waiting.splice(at, 1)[0];
    },
  };
}
