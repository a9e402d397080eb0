import { randomInt, randomUUID } from 'node:crypto';
import { spoken } from '../agent/text.ts';
import type { Session } from '../world.ts';
import { type Backend, sessionOf } from './backend.ts';
import { type Answer, type Call, readJson, signedIn } from './call.ts';
import { shownDraft } from './draft-form.ts';
import { readNewSession } from './rules.ts';
import { mediaUrl } from './upload.ts';

export async function createSession(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const order = readNewSession((await readJson(call.request)).json);
  const session: Session = {
    id: newSessionId(),
    taskId: `task_${randomUUID().slice(0, 13)}`,
    name: order.task_name,
    language: spoken(order.language),
    userId: account.userId,
    media: [],
    generated: [],
    runs: 0,
    edits: 0,
    renderFaults: [],
    ordered: [],
  };
  call.backend.world.sessions.push(session);
  return {
    data: { task_id: session.taskId, session_id: session.id, user_id: account.userId },
  };
}

export async function state(call: Call): Promise<Answer> {
  const account = signedIn(call);
  const session = sessionOf(call.backend, account, call.id);
  return {
    data: {
      session_id: session.id,
      task_id: session.taskId,
      task_name: session.name,
      user_id: account.userId,
      state: sessionState(call.backend, session),
    },
  };
}

function sessionState(backend: Backend, session: Session): object {
  const { draft } = session;
  return {
    video_infos: session.media.map((media) => ({
      filename: media.filename,
      file_type: media.type,
      cdn_url: mediaUrl(backend, session, media),
      hash: media.hash,
      size: media.bytes,
    })),
    draft: shownDraft(session),
    canvas_config: draft ? { width: draft.m.width, height: draft.m.height } : {},
    video_analyses: {},
    generated_media: session.generated,
  };
}

/** 19 digits, more than a JavaScript number can hold; the last is odd, so that rounding shows. */
function newSessionId(): string {
  const digits = Array.from({ length: 14 }, () => randomInt(10)).join('');
  return `5529${digits}${[1, 3, 7, 9][randomInt(4)]}`;
}
