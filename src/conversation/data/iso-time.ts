/** A stored time as everybody can read it, and no machine's zone changes it. */
export const isoTime = (at: number): string => new Date(at).toISOString();
