/**
 * The thread as a turn may speak in it: the record refuses a worker that has lost its claim, the chat cannot.
 * One that stood still past its lease would edit what its successor has said meanwhile.
 */
import type { ClaimedTurn } from '../ledger/dispatch.ts';
import { ChatError, type ChatThread, type Delivery } from '../platforms/chat.ts';

/**
 * Every call that shows something rejects with `ClaimLost` where the turn is another worker's by now, also before
 * the platform repeats it by itself.
 */
export function threadUnderClaim(
  thread: ChatThread,
  worker: Pick<ClaimedTurn, 'confirm'>,
): ChatThread {
  const confirm = async () => void (await worker.confirm());
  /** Where nobody can tell whose turn it is by now, a successor may have posted it: it is looked for first. */
  const asFarAsKnown = async (delivery: Delivery): Promise<Delivery> => {
    const isOurs = await worker.confirm();
    return { ...delivery, again: delivery.again || !isOurs, confirm };
  };
  /** A post has its key and is there once; an edit over a successor's words would stay. */
  const confirmEdit = async () => {
    if (!(await worker.confirm()))
      throw new ChatError('unreachable', 'nobody can tell whose turn it is by now');
  };
  return {
    ...thread,
    // Learned while the turn runs.
    get capabilities() {
      return thread.capabilities;
    },
    async post(message, delivery) {
      return thread.post(message, await asFarAsKnown(delivery));
    },
    async edit(id, message) {
      await confirmEdit();
      return thread.edit(id, message, { confirm: confirmEdit });
    },
    async delete(id) {
      await confirm();
      return thread.delete(id, { confirm });
    },
    async postPrivately(person, message) {
      await confirm();
      return thread.postPrivately(person, message);
    },
    async postFile(file, message, delivery) {
      return thread.postFile(file, message, await asFarAsKnown(delivery));
    },
  };
}
