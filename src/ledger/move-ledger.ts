/** The ledger's part in a move from SQLite to PostgreSQL. Drivers are loaded where they are needed. */
export const ledgerSource = async () => (await import('./sqlite/move-part.ts')).LEDGER_SOURCE;

export const ledgerTarget = async () => await import('./postgres/move-part.ts');
