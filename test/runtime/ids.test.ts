/** What the compiler holds about ids: `tsc` fails where one of these lines is no mistake any more. */
import { expectTypeOf, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { Nemo } from '../../src/nemo/nemo.ts';
import type { ChatThread } from '../../src/platforms/chat.ts';
import type { MessageId, RenderId, SessionId, ThreadKey, TurnId } from '../../src/runtime/ids.ts';

test('an id of one kind does not fit where another is meant, and a plain text fits nowhere', () => {
  type Others<Id> = string | Exclude<MessageId | RenderId | SessionId | ThreadKey | TurnId, Id>;
  expectTypeOf<Parameters<Ledger['turn']>[0]>().toEqualTypeOf<TurnId>();
  expectTypeOf<Parameters<Ledger['renders']>[0]>().toEqualTypeOf<ThreadKey>();
  expectTypeOf<Parameters<Nemo['renderState']>[0]>().toEqualTypeOf<RenderId>();
  expectTypeOf<Parameters<Nemo['run']>[0]>().toEqualTypeOf<SessionId>();
  expectTypeOf<Parameters<ChatThread['edit']>[0]>().toEqualTypeOf<MessageId>();
  expectTypeOf<Others<TurnId>>().not.toExtend<TurnId>();
  expectTypeOf<ThreadKey>().not.toExtend<TurnId>();
  expectTypeOf<TurnId>().not.toExtend<ThreadKey>();
  expectTypeOf<SessionId>().not.toExtend<RenderId>();
  expectTypeOf<RenderId>().not.toExtend<SessionId>();
  expectTypeOf<TurnId>().not.toExtend<MessageId>();
  expectTypeOf<MessageId>().toExtend<string>();
});
