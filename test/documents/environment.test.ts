/** A hostile document that takes over its parser must find no secret to carry away. */
import { Session } from 'node:inspector/promises';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { createDocumentReader } from '../../src/documents/document-reader.ts';
import { attached } from './files.ts';

const attachedToWorker = z.object({ params: z.object({ sessionId: z.string() }) });
const reply = z.object({ params: z.object({ message: z.string() }) });
const evaluated = z.object({ result: z.object({ result: z.object({ value: z.string() }) }) });

const session = new Session();
afterEach(() => session.disconnect());

/** Asks the next worker thread of this process, by the debugger's protocol, what its environment holds. */
async function environmentOfNextWorker(): Promise<string[]> {
  const answer = Promise.withResolvers<string>();
  session.connect();
  session.on('NodeWorker.attachedToWorker', (event) => {
    const { sessionId } = attachedToWorker.parse(event).params;
    const expression = 'JSON.stringify(Object.keys(process.env))';
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } });
    void session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
  });
  session.on('NodeWorker.receivedMessageFromWorker', (event) =>
    answer.resolve(reply.parse(event).params.message),
  );
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const text = await answer.promise;
  return z
    .array(z.string())
    .parse(JSON.parse(evaluated.parse(JSON.parse(text)).result.result.value));
}

it('the thread that reads documents has an empty environment', async () => {
  process.env['NEMO_TOKEN_OF_THE_TEST'] = 'secret';
  const reader = createDocumentReader();
  try {
    const asked = environmentOfNextWorker();
    await reader.read(attached('gbk.txt'), new AbortController().signal);
    expect(await asked).toEqual([]);
  } finally {
    delete process.env['NEMO_TOKEN_OF_THE_TEST'];
    await reader.close();
  }
});
