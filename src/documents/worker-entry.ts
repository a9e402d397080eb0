/** The thread in which documents are read. It knows nothing of the bot and may be ended at any moment. */
import { parentPort } from 'node:worker_threads';
import { DocumentUnreadable } from './document.ts';
import { readDocument, tidyArticle } from './read-document.ts';
import type { ArticleJob, ListeningJob, ReadingJob, ReadingReply } from './reading-job.ts';
import { opusToWave } from './voice/opus-to-wave.ts';

// The job comes from our own side, with the type it was sent with; only answers are checked.
parentPort?.on('message', async (job: ReadingJob | ListeningJob | ArticleJob) => {
  const given = await answer(job);
  parentPort?.postMessage(given, 'recording' in given ? [given.recording.wave.buffer] : []);
});

async function answer(job: ReadingJob | ListeningJob | ArticleJob): Promise<ReadingReply> {
  try {
    if ('maxSeconds' in job) return { recording: await opusToWave(job.bytes, job.maxSeconds) };
    if ('maxArticleCharacters' in job) {
      // Loaded for pages alone: the libraries take longer to load than most documents to be read.
      const { readArticle } = await import('./html/read-article.ts');
      return {
        article: tidyArticle(readArticle(job.bytes, job.encoding), job.maxArticleCharacters),
      };
    }
    return { document: await readDocument(job, job.limits) };
  } catch (error) {
    if (error instanceof DocumentUnreadable)
      return { reason: error.reason, message: error.message };
    // A parser that trips over a document in a way nobody foresaw: the stack overflow of a deep one, say.
    return { reason: 'damaged', message: String(error) };
  }
}
