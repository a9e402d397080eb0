/** Somebody at the terminal, who answers questions by what they ask. */
import { Cancelled, type CheckAnswer, type Prompts } from '../../src/runtime/prompts.ts';

/** Answers to one question, one after the other: a check that finds fault asks again. */
export type Answers = Readonly<Record<string, readonly string[]>>;

export interface Person {
  readonly prompts: Prompts;
  readonly said: string[];
  readonly asked: string[];
  /** What checks had against answers. */
  readonly problems: string[];
  readonly options: string[];
}

/** `leavesAt`: at the question of that number Ctrl+C is pressed, from 1. Who answers, may do something before. */
export function person(
  answers: Answers,
  { leavesAt = 0, before = async (_question: string) => {} } = {},
): Person {
  const left = new Map(Object.entries(answers).map(([about, list]) => [about, [...list]]));
  const found: Person = {
    said: [],
    asked: [],
    problems: [],
    options: [],
    prompts: {
      say: (line) => void found.said.push(line),
      secret: (question, check) => answer(question, check),
      choose: async (question, options) => {
        const name = await answer(question);
        found.options.push(...options.map((option) => option.name));
        const chosen = options.find((option) => option.name.startsWith(name));
        if (!chosen) throw new Error(`${name} is not offered at: ${question}`);
        return chosen.value;
      },
      confirm: async (question) => (await answer(question)) === 'yes',
    },
  };

  async function answer(question: string, check?: CheckAnswer): Promise<string> {
    found.asked.push(question);
    if (found.asked.length === leavesAt) throw new Cancelled();
    await before(question);
    for (;;) {
      const key = [...left.keys()].find((about) => question.includes(about));
      const given = left.get(key ?? '')?.shift();
      if (given === undefined) throw new Error(`nobody knows an answer to: ${question}`);
      const problem = await check?.(given);
      if (problem === undefined) return given;
      found.problems.push(problem);
    }
  }
  return found;
}
