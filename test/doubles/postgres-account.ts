/** What the test's process and the keeper of its PostgreSQL agree on. */
import { z } from 'zod';

export const USER = 'nemo';
export const PASSWORD = 'a-password-of-the-tests';

/** `crash` ends every session at once and leaves the write-ahead log to be replayed. */
export const KEEPER_ORDERS = z.enum(['start', 'stop', 'crash']);
export type KeeperOrder = z.infer<typeof KEEPER_ORDERS>;

/** As `postgres -c` takes them. */
export const SERVER_SETTINGS = z.record(z.string(), z.string());
export type ServerSettings = z.infer<typeof SERVER_SETTINGS>;

export const keeperReport = z.object({ port: z.number(), error: z.string().optional() });
