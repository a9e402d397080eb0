/** Work about the same subject, begun in the order in which it was handed in. */

/** What the returned promise gives, or rejects with, keeps nobody behind it from their turn. */
export type InOrder = <T>(subject: string, work: () => Promise<T>) => Promise<T>;

/** Holds a subject only as long as there is work about it. */
export function createInOrder(): InOrder {
  const last = new Map<string, Promise<unknown>>();
  return (subject, work) => {
    const before = last.get(subject);
    const mine = before === undefined ? work() : before.then(work, work);
    const forget = () => {
      if (last.get(subject) === mine) last.delete(subject);
    };
    last.set(subject, mine);
    mine.then(forget, forget);
    return mine;
  };
}
