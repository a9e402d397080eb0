/** What every store rejects with while it takes no writes, and what is asked where an error may be that. */

/** The database cannot be written, or read, at present: locked by somebody else, full, or failing. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** Also where somebody in between has wrapped it. */
export function isStoreOutage(error: unknown): boolean {
  let at = error;
  for (let depth = 0; depth < MOST_WRAPPINGS && at instanceof Error; depth += 1) {
    if (at instanceof StoreUnavailable) return true;
    at = at.cause;
  }
  return false;
}

/** More than there are; a chain of causes may lead into itself. */
const MOST_WRAPPINGS = 8;
