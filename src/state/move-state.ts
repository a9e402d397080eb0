/** The state's part in a move from SQLite to PostgreSQL. Drivers are loaded where they are needed. */
export async function stateSource() {
  const { stateSource: source } = await import('./sqlite/move-part.ts');
  const { storedKey } = await import('./postgres/schema.ts');
  return source(storedKey);
}

export const stateTarget = async () => await import('./postgres/move-part.ts');
