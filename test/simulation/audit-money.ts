/** What was spent is what people asked for, once. */
import { deedFinder, type Evidence, taskOf } from './audit.ts';
import { RUN_PRICE, type Run } from './backend.ts';

export function auditMoney(evidence: Evidence): void {
  const { house, books, people } = evidence;
  const { world, backend, chat, rules } = house;
  const films = backend.jobs;
  const deedOf = deedFinder(evidence);
  const turns = books.turns();
  const log = books.log();

  const bySubject = new Map<string, Run[]>();
  for (const run of backend.runs)
    bySubject.set(run.subject, [...(bySubject.get(run.subject) ?? []), run]);
  let due = 0;
  for (const [subject, runs] of bySubject) {
    const number = Number(subject.split('/')[0]);
    const deed = people.deeds.find((it) => it.number === number);
    const ofDeed = turns.filter((turn) => deedOf(turn)?.number === number);
    const mine = ofDeed.filter(({ lane }) => lane === 'ordered');
    const repeated = mine.filter((turn) => taskOf(turn).type === 'retry').length;
    due += Math.min(runs.length, 1 + repeated);
    if (deed?.kind !== 'film' && deed?.kind !== 'batch')
      world.blame('nothing is paid twice', `a run for #${number}, which asked for none`);
    if (runs.length > 1 + repeated)
      world.blame(
        'nothing is paid twice',
        `#${subject} was run ${runs.length} times, asked for ${1 + repeated} times`,
      );
    // What is on record as answered need not be asked again.
    const answers = log.filter(
      (row) =>
        row.phase === 'answered' &&
        row.old_phase !== 'answered' &&
        mine.some(({ id }) => id === row.turn),
    );
    runs.forEach((run, index) => {
      const earlier = runs[index - 1];
      const changedAt = earlier?.changedAt;
      const known =
        changedAt !== undefined && answers.some(({ at }) => changedAt < at && at < run.acceptedAt);
      const delivered =
        earlier &&
        chat.posts.some(
          ({ key, at, message }) =>
            at < run.acceptedAt &&
            // Another video of the batch may hold what a run did after it was given up, which nobody can see.
            isAbout(subject, message.text) &&
            // One that somebody else's turn delivered may hold what a stopped run did late; its person has asked again.
            ofDeed.some(({ id }) => key.startsWith(id)) &&
            films.some(
              ({ id, draft }) => key.endsWith(`video-${id}`) && draft.includes(`"film ${subject}"`),
            ),
        );
      if (delivered)
        world.blame(
          'nothing is paid twice',
          `#${subject} was asked again although its video was delivered`,
        );
      if (known && deed?.kind === 'film')
        world.blame(
          'nothing is paid twice',
          `#${subject} was asked again although its answer was on record`,
        );
    });
  }
  if (backend.spent() !== due * RUN_PRICE)
    world.blame(
      'exactly what was ordered is spent',
      `${backend.spent()} instead of ${due * RUN_PRICE}`,
    );

  if (rules.dailyTurns > 0) {
    for (const person of new Set(people.deeds.map(({ by }) => by))) {
      const numbers = new Set(
        people.deeds.filter(({ by }) => by === person).map((it) => it.number),
      );
      const ran = backend.runs.filter(({ subject }) => numbers.has(Number(subject.split('/')[0])));
      if (ran.length > rules.dailyTurns)
        world.blame('the quota holds', `${person} had ${ran.length} runs of ${rules.dailyTurns}`);
    }
  }

  backend.jobs.forEach((job, index) => {
    const twin = backend.jobs
      .slice(0, index)
      .find(
        (it) =>
          it.session === job.session &&
          it.draft === job.draft &&
          it.resolution === job.resolution &&
          !(it.fails && it.finishedAt < job.orderedAt) &&
          !it.withoutLink,
      );
    if (twin)
      world.blame(
        'nothing is rendered twice',
        `${job.by} ordered the cut that ${twin.by} had ordered`,
      );
  });
}

/** `3/1` is the first video of a batch, whose posts say so. */
function isAbout(subject: string, text: string): boolean {
  const [, entry] = subject.split('/');
  return entry === undefined || text.startsWith(`**${entry} of `);
}
