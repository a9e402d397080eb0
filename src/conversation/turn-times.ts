/** What an operator sees of one turn's course: when its person saw something of it, and where its stream was lost. */
import type { Claim } from '../ledger/ledger.ts';
import type { TurnContext } from './turn-context.ts';
import type { TurnRecord } from './turn-record.ts';

type Watched = Pick<TurnContext['deps'], 'metrics' | 'clock'>;

export interface TurnTimes {
  /** The same, and the first post of the turn is noted. */
  saying(say: TurnContext['say']): TurnContext['say'];
  entering(record: TurnRecord): TurnRecord['enter'];
}

export function timesOf({ turn, resumed }: Claim, { metrics, clock }: Watched): TurnTimes {
  const { platform, acceptedAt } = turn;
  const seconds = () => clock.elapsed(acceptedAt) / 1000;
  // Of a turn that was begun before the first sign is long there.
  let silent = !resumed;
  return {
    saying: (say) => async (message, part, how) => {
      const posted = await say(message, part, how);
      if (silent) metrics.firstSign(platform, seconds());
      silent = false;
      return posted;
    },
    entering: (record) => async (next, along) => {
      const before = record.notes;
      await record.enter(next, along);
      if (next.phase === 'recovering' && before.phase !== 'recovering')
        metrics.recovering(platform);
      const wasSaid = before.phase === 'answered' && before.said !== undefined;
      if (next.phase === 'answered' && next.said && !wasSaid) metrics.answered(platform, seconds());
    },
  };
}
