/** The questions, by @inquirer/prompts. What is secret is masked as it is typed, and its answer is not repeated. */
import { confirm, password, select } from '@inquirer/prompts';
import { Cancelled, type CheckAnswer, type Prompts } from '../../runtime/prompts.ts';

/** For tests: other streams than those of the process. */
export interface Streams {
  readonly input?: NodeJS.ReadableStream;
  readonly output?: NodeJS.WritableStream;
}

export function createTerminalPrompts(streams: Streams = {}): Prompts {
  const { output = process.stdout } = streams;
  const asked = async <T>(question: Promise<T>): Promise<T> => {
    try {
      return await question;
    } catch (error) {
      // Its own name for Ctrl+C, and for a terminal that was closed.
      if (error instanceof Error && /^(?:ExitPrompt|AbortPrompt)Error$/.test(error.name))
        throw new Cancelled();
      throw error;
    }
  };
  const validating = (check: CheckAnswer | undefined) => ({
    validate: async (value: string): Promise<string | true> => {
      try {
        return (await check?.(value.trim())) ?? true;
      } catch (error) {
        return `It could not be tried: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  });
  return {
    say: (line) => void output.write(`${line}\n`),
    secret: async (message, check) =>
      (
        await asked(
          password({ message, mask: '*', toggleMask: false, ...validating(check) }, streams),
        )
      ).trim(),
    choose: (message, options) =>
      asked(select({ message, choices: options.map((option) => ({ ...option })) }, streams)),
    confirm: (message) => asked(confirm({ message }, streams)),
  };
}
