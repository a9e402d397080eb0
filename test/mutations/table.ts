/**
 * Guards taken out one at a time. Each row names a piece of a file, what it becomes, and a test that fails then:
 * whoever moves the code points the row at its new place, whoever drops the guard is told here.
 */
export interface Mutation {
  readonly name: string;
  /** Below src; `find` occurs in it once. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Below test; must fail. */
  readonly test: string;
  /** Part of the test's title, where one is enough and the file takes long. */
  readonly title?: string;
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'what a restarted turn says is not said to be a repetition',
    file: 'conversation/turn-context.ts',
    find: '{ again } = { again: resumed }',
    replace: '{ again } = { again: false }',
    test: 'conversation/scenarios/restarts.test.ts',
    title: 'answered and posted, not marked',
  },
  {
    name: 'the video of a restarted turn is not said to be a repetition',
    file: 'conversation/render/delivering.ts',
    find: 'again: turn.resumed',
    replace: 'again: false',
    test: 'conversation/scenarios/export-restarts.test.ts',
    title: 'posted',
  },
  {
    name: 'a notice that may be there is not said to be a repetition',
    file: 'conversation/progress.ts',
    find: 'part, { again: true })',
    replace: 'part, { again: false })',
    test: 'conversation/scenarios/notices.test.ts',
    title: 'the worker dies between the post of the notice and its note',
  },
  {
    name: 'the second try of a notice is not said to be a repetition',
    file: 'conversation/progress.ts',
    find: 'const again = turn.resumed || turn.notes.notice !== undefined;',
    replace: 'const again = false;',
    test: 'conversation/scenarios/notices.test.ts',
    title: 'the answer to the post of the notice was lost',
  },
  {
    name: 'Discord is not asked to enforce the nonce',
    file: 'platforms/discord/send.ts',
    find: 'enforce_nonce: true',
    replace: 'enforce_nonce: false',
    test: 'platforms/discord/trouble.test.ts',
    title: 'lost answers',
  },
  {
    name: 'Slack does not look for an earlier post',
    file: 'platforms/slack/posting.ts',
    find: 'again ? await posted(',
    replace: 'false ? await posted(',
    test: 'crash/slack.test.ts',
    title: 'the answer (done)',
  },
  {
    name: 'Discord does not look for an earlier post',
    file: 'platforms/discord/send.ts',
    find: 'again ? await findEarlier(order)',
    replace: 'false ? await findEarlier(order)',
    test: 'crash/discord.test.ts',
    title: 'the answer (done)',
  },
  {
    name: 'a claim that is lost does not abort its run',
    file: 'ledger/sqlite/holding.ts',
    find: "if (error instanceof ClaimLost) held.abort.abort(new Interrupted('claim-lost'));",
    replace: '',
    test: 'ledger/sqlite-ledger.test.ts',
    title: 'took over is interrupted',
  },
  {
    name: 'a turn that is claimed again here does not abort its earlier run',
    file: 'ledger/sqlite/dispatcher.ts',
    find: "run.abort.abort(new Interrupted('claim-lost'))",
    replace: 'void run',
    test: 'ledger/sqlite-ledger.test.ts',
    title: 'after a stall',
  },
  {
    name: 'a turn that is claimed again here does not wait for its earlier run',
    file: 'ledger/sqlite/dispatcher.ts',
    find: 'if (earlier.length > 0 && !(await waitFor(earlier, entry))) return;',
    replace: 'void earlier; void waitFor;',
    test: 'ledger/sqlite-ledger.test.ts',
    title: 'after a stall',
  },
  {
    name: 'a stop from another process is ignored',
    file: 'ledger/sqlite/dispatcher.ts',
    find: "if (stopRequested) entry.abort.abort(new Interrupted('stop'));",
    replace: 'void stopRequested;',
    test: 'ledger/sqlite-ledger.test.ts',
    title: 'a stop from another process',
  },
  {
    name: 'any number of turns runs at once',
    file: 'ledger/sqlite/dispatcher.ts',
    find: 'if (place.taken >= place.most) return false;',
    replace: '',
    test: 'ledger/sqlite-ledger.test.ts',
    title: 'no more than the limit run',
  },
  {
    name: 'MAX_RUNNING_TURNS does not reach the dispatcher',
    file: 'app.ts',
    find: 'maxRunningTurns: settings.maxRunningTurns',
    replace: 'maxRunningTurns: 200',
    test: 'edge/operation.test.ts',
    title: 'MAX_RUNNING_TURNS',
  },
  {
    name: 'MAX_RUNNING_TURNS is not read',
    file: 'settings.ts',
    find: 'maxRunningTurns: e.MAX_RUNNING_TURNS',
    replace: 'maxRunningTurns: 200',
    test: 'edge/operation.test.ts',
    title: 'MAX_RUNNING_TURNS',
  },
  {
    name: 'a quota counts the requests of a year',
    file: 'conversation/access.ts',
    find: 'new Date(at).setHours(0, 0, 0, 0)',
    replace: 'at - 365 * 86_400_000',
    test: 'conversation/scenarios/quota-day.test.ts',
  },
  {
    name: 'a quota counts the requests of the last 24 hours',
    file: 'conversation/access.ts',
    find: 'new Date(at).setHours(0, 0, 0, 0)',
    replace: 'at - 86_400_000',
    test: 'conversation/scenarios/quota-day.test.ts',
  },
  {
    name: 'a commit may be lost in a power cut',
    file: 'sqlite.ts',
    find: 'PRAGMA synchronous = FULL',
    replace: 'PRAGMA synchronous = NORMAL',
    test: 'edge/operation.test.ts',
    title: 'power cut',
  },
  {
    name: 'nothing is ever forgotten',
    file: 'app.ts',
    find: '.prune(Date.now() - KEEP_MS)',
    replace: '.prune(0)',
    test: 'edge/operation.test.ts',
    title: 'forgotten',
  },
  {
    name: 'a process that stays up forgets nothing',
    file: 'app.ts',
    find: 'setInterval(forget, PRUNE_EVERY_MS)',
    replace: 'setInterval(() => {}, PRUNE_EVERY_MS)',
    test: 'edge/operation.test.ts',
    title: 'forgotten',
  },
  {
    name: '/readyz says yes whatever is wrong',
    file: 'health.ts',
    find: 'found.length > 0 ? 503 : 200',
    replace: '200',
    test: 'ready.test.ts',
    title: 'while the store cannot be written',
  },
  {
    name: '/readyz does not ask the store',
    file: 'app.ts',
    find: 'if (storeTrouble) found.unshift(storeTrouble);',
    replace: 'void storeTrouble;',
    test: 'ready.test.ts',
    title: 'while the store cannot be written',
  },
  {
    name: '/readyz does not ask the platforms',
    file: 'app.ts',
    find: 'const trouble = p.trouble();',
    replace: 'const trouble: string | undefined = undefined;',
    test: 'ready.test.ts',
    title: 'while a platform is not connected',
  },
  {
    name: 'a message of the log is not redacted',
    file: 'log.ts',
    find: 'root[level](plainFields(fields, options.redact), options.redact(message))',
    replace: 'root[level](plainFields(fields, options.redact), message)',
    test: 'log.test.ts',
    title: 'in the message is hidden',
  },
  {
    name: 'a line that is always written is not redacted',
    file: 'log.ts',
    find: 'loud.info(plainFields(fields, options.redact), options.redact(message))',
    replace: 'loud.info(plainFields(fields, options.redact), message)',
    test: 'log.test.ts',
    title: 'in what is always written is hidden',
  },
  {
    name: 'texts in the fields of the log are not redacted',
    file: 'log-fields.ts',
    find: 'const clean = redact(value);',
    replace: 'const clean = value;',
    test: 'edge/log-secrets.test.ts',
  },
  {
    name: 'the log of the process does not know the secrets of the settings',
    file: 'app.ts',
    find: 'createRedact(() => secretsOf(settings))',
    replace: 'createRedact(() => [])',
    test: 'edge/log-secrets.test.ts',
  },
  {
    name: 'a render that another turn has taken over is delivered all the same',
    file: 'ledger/sqlite/changing.ts',
    find: 'if (isOther || (taking && known?.phase !== taking.phase))',
    replace: 'if (taking && known?.phase !== taking.phase)',
    test: 'conversation/scenarios/taking-over.test.ts',
  },
];
