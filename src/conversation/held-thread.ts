/**
 * The thread as a turn may speak in it: the record refuses a worker that has lost its claim, the chat cannot.
 * One that stood still past its lease would edit what its successor has said meanwhile.
 */
import type { Shift } from '../ledger/dispatch.ts';
import type { ChatThread } from '../platforms/chat.ts';

/** Every call that shows something rejects with `ClaimLost` where the turn is another worker's by now. */
export function whileHeld(thread: ChatThread, { confirm }: Pick<Shift, 'confirm'>): ChatThread {
  return {
    ...thread,
    // Learned while the turn runs.
    get limits() {
      return thread.limits;
    },
    get capabilities() {
      return thread.capabilities;
    },
    async post(message, delivery) {
      await confirm();
      return thread.post(message, delivery);
    },
    async edit(id, message) {
      await confirm();
      return thread.edit(id, message);
    },
    async delete(id) {
      await confirm();
      return thread.delete(id);
    },
    async postPrivately(person, message) {
      await confirm();
      return thread.postPrivately(person, message);
    },
    async postFile(file, message, delivery) {
      await confirm();
      return thread.postFile(file, message, delivery);
    },
  };
}
