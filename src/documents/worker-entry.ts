/** The thread in which documents are read. It knows nothing of the bot and may be ended at any moment. */
import { parentPort } from 'node:worker_threads';
import { DocumentUnreadable } from './document.ts';
import { readDocument, tidyArticle } from './read-document.ts';
import type { ReadingJob, ReadingReply } from './reading-job.ts';
import { opusToWave } from './voice/opus-to-wave.ts';

// The job comes from our own side, with the type it was sent with; only answers are checked.
parentPort?.on('message', async (job: ReadingJob) => {
  const reply = await replyTo(job);
  const moved =
    'answer' in reply && typeof reply.answer === 'object' && 'wave' in reply.answer
      ? [reply.answer.wave.buffer]
      : [];
  parentPort?.postMessage(reply, moved);
});

async function replyTo(job: ReadingJob): Promise<ReadingReply> {
  try {
    return { answer: await answer(job) };
  } catch (error) {
    if (error instanceof DocumentUnreadable)
      return { reason: error.reason, message: error.message };
    // A parser that trips over a document in a way nobody foresaw: the stack overflow of a deep one, say.
    return { reason: 'damaged', message: String(error) };
  }
}

/** The libraries for pages are loaded for pages alone: that takes longer than most documents take to be read. */
async function answer(job: ReadingJob) {
  switch (job.kind) {
    case 'document':
      return readDocument(job, job.limits);
    case 'recording':
      return opusToWave(job.bytes, job.maxSeconds);
    case 'article': {
      const { readArticle } = await import('./html/read-article.ts');
      return tidyArticle(readArticle(job.bytes, job.encoding), job.maxCharacters);
    }
    case 'robots': {
      const { robotsAllow } = await import('./html/robots.ts');
      return robotsAllow(job);
    }
  }
}
