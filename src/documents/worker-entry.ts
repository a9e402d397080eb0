/** The thread in which documents are read. It knows nothing of the bot and may be ended at any moment. */
import { parentPort } from 'node:worker_threads';
import { DocumentUnreadable } from './document.ts';
import { readDocument } from './read-document.ts';
import type { ReadingJob, ReadingReply } from './reading-job.ts';

// The job comes from our own side, with the type it was sent with; only answers are checked.
parentPort?.on('message', async (job: ReadingJob) => {
  parentPort?.postMessage(await answer(job));
});

async function answer(job: ReadingJob): Promise<ReadingReply> {
  try {
    return { document: await readDocument(job, job.limits) };
  } catch (error) {
    if (error instanceof DocumentUnreadable)
      return { reason: error.reason, message: error.message };
    // A parser that trips over a document in a way nobody foresaw: the stack overflow of a deep one, say.
    return { reason: 'damaged', message: String(error) };
  }
}
