/**
 * Whose turn is next where several people wait: a piece of SQL, so that choosing and claiming are one
 * statement and the shares are those of all processes together.
 */

/** Larger than any `seq`; a number of turns times this still is an exact integer. */
const SHARE = 2 ** 40;

/**
 * A common table expression with everybody who has unfinished turns in `:lane`. Found by leaps in the
 * index, so that somebody's thousand turns cost no more than one.
 */
export const PEOPLE = `RECURSIVE people (requester) AS (
    SELECT min(requester) FROM turns INDEXED BY turns_open_by_requester
    WHERE lane = :lane AND finished_at IS NULL
    UNION ALL
    SELECT (SELECT min(requester) FROM turns INDEXED BY turns_open_by_requester
      WHERE lane = :lane AND finished_at IS NULL AND requester > people.requester)
    FROM people WHERE requester IS NOT NULL)`;

/**
 * The `seq` of the oldest runnable turn of the person with the fewest turns at work; null without one.
 * Number and seq are put together as one figure, of which the smallest is found without sorting.
 */
export const fairest = (runnable: string): string => `
  SELECT min(held * ${SHARE} + oldest) % ${SHARE} FROM (
    SELECT
      (SELECT count(*) FROM turns INDEXED BY turns_held
        WHERE lane = :lane AND requester = people.requester AND finished_at IS NULL
          AND lease_until > 0 AND lease_until > :now) AS held,
      (SELECT seq FROM turns INDEXED BY turns_open_by_requester
        WHERE lane = :lane AND requester = people.requester AND ${runnable}
        ORDER BY seq LIMIT 1) AS oldest
    FROM people WHERE requester IS NOT NULL)`;
