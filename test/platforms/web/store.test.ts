/** Two processes at one playground: what is looked at and what is written is one step. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openPlaygroundDb } from '../../../src/platforms/web/schema.ts';
import { createStore, type PlaygroundStore } from '../../../src/platforms/web/store.ts';
import { EMPTY_BODY } from '../../../src/platforms/web/stored-message.ts';

/** Just before it takes the write lock, another process has the moment. */
class Interleaved extends DatabaseSync {
  meanwhile: (() => void) | undefined;
  override exec(sql: string): void {
    if (sql.startsWith('BEGIN')) {
      const work = this.meanwhile;
      this.meanwhile = undefined;
      work?.();
    }
    super.exec(sql);
  }
}

const own = {
  id: 'own-1',
  thread: 't1',
  kind: 'text',
  text: 'A film.',
  files: [],
  title: 'A film.',
} as const;
const answer = {
  thread: 't1',
  key: 'turn-1:answer',
  body: { ...EMPTY_BODY, text: 'Done.' },
  private: false,
};

function twoProcesses(): { store: PlaygroundStore; other: PlaygroundStore; db: Interleaved } {
  const folder = mkdtempSync(join(tmpdir(), 'nemo-bot-store-'));
  const path = join(folder, 'playground.db');
  const other = createStore(openPlaygroundDb(path), () => {});
  const db = new Interleaved(path);
  const store = createStore(db, () => {});
  onTestFinished(() => {
    store.close();
    other.close();
    rmSync(folder, { recursive: true });
  });
  return { store, other, db };
}

test('the same post by both: one message, and both have its id', () => {
  const { store, other, db } = twoProcesses();
  store.addOwn(own);
  let theirs: { id: string; earlier: boolean } | undefined;
  db.meanwhile = () => {
    theirs = other.addFromBot(answer);
  };
  const ours = store.addFromBot(answer);
  expect(theirs).toEqual({ id: ours.id, earlier: false });
  expect(ours.earlier).toBe(true);
  expect(store.messages('t1', 10)).toHaveLength(2);
});

test('the same message of the person handed to both: it is stored once', () => {
  const { store, other, db } = twoProcesses();
  db.meanwhile = () => void other.addOwn(own);
  expect(store.addOwn(own).id).toBe('own-1');
  expect(store.messages('t1', 10)).toHaveLength(1);
});

test('two reactions at once: both are there', () => {
  const { store, other, db } = twoProcesses();
  store.addOwn(own);
  db.meanwhile = () => void other.react('own-1', 'queued', true);
  store.react('own-1', 'seen', true);
  expect(store.message('own-1')?.body.reactions).toEqual(['queued', 'seen']);
});
