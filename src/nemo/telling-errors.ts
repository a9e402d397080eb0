/** The client of the backend, and a word to whoever watches of each error that it ends with: after its own repeats, not of each of them. */
import { NemoError } from './errors.ts';
import type { Nemo } from './nemo.ts';

export type OnBackendError = (error: Pick<NemoError, 'endpoint' | 'name'>) => void;

export function tellingErrors(nemo: Nemo, tell: OnBackendError): Nemo {
  function told(error: unknown): never {
    if (error instanceof NemoError) tell(error);
    throw error;
  }
  const telling =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> =>
      work(...given).catch(told);
  return {
    ...nemo,
    async *run(...given) {
      try {
        yield* nemo.run(...given);
      } catch (error) {
        told(error);
      }
    },
    createSession: telling(nemo.createSession),
    upload: telling(nemo.upload),
    uploadFrom: telling(nemo.uploadFrom),
    credits: telling(nemo.credits),
    state: telling(nemo.state),
    submitRender: telling(nemo.submitRender),
    renderState: telling(nemo.renderState),
    fetchOutput: telling(nemo.fetchOutput),
    fetchRender: telling(nemo.fetchRender),
    editorLink: telling(nemo.editorLink),
  };
}
