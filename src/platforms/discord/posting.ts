/** Posts messages so that each becomes visible once, whatever is lost on the way. */
import type { Delivery } from '../chat.ts';
import type { Api, Kind } from './api-calls.ts';
import { nonceOf, timeOfId } from './custom-ids.ts';
import { idShape, type Message, messagesShape } from './payloads.ts';
import type { Body } from './render-message.ts';

export interface PostOrder {
  /** Channel or thread to post in. */
  readonly target: string;
  readonly body: Body;
  readonly delivery: Delivery;
  /** What the buttons of the body are marked with. */
  readonly mark?: string | undefined;
  /** The message that this one answers. */
  readonly replyTo?: string | undefined;
  readonly file?: StreamedUpload | undefined;
}

export interface StreamedUpload {
  readonly name: string;
  /** Alternative text. */
  readonly description: string;
  /** A fresh `File` for every try. */
  readonly open: () => File;
  /** Further ones of the same message. */
  readonly beside?: readonly StreamedUpload[] | undefined;
}

/** Resolves with the message's id; rejects with what the call rejected with. */
export type Send = (order: PostOrder) => Promise<string>;

/** How far back an earlier attempt is looked for; turns are taken up again well within it. */
const LOOK_BACK_MS = 3_600_000;
/** Without buttons only the text tells; the same sentence may rightly be said again later. */
const SAME_TEXT_MS = 900_000;

export function createSend(api: Api, botId: () => string, storeId: () => string): Send {
  return async (order) => {
    const { target, body, delivery, replyTo, file } = order;
    const { key, again, signal, confirm } = delivery;
    const earlier = again ? await findEarlier(order) : undefined;
    if (earlier) return earlier;
    const payload = {
      ...body,
      nonce: nonceOf(key, storeId()),
      enforce_nonce: true,
      ...(replyTo ? { message_reference: { message_id: replyTo, fail_if_not_exists: false } } : {}),
    };
    const kind: Kind = file ? 'upload' : 'usual';
    const content = file ? { form: () => formOf(payload, file) } : { body: payload };
    const how = { signal, confirm, kind };
    const answer = await api('POST', `/channels/${target}/messages`, { ...content, ...how });
    return idShape.parse(answer).id;
  };

  /** Discord does not show a message's nonce again, so it is known by its buttons, else by its words. */
  async function findEarlier({ target, body, file, mark }: PostOrder): Promise<string | undefined> {
    const answer = await api('GET', `/channels/${target}/messages`, { query: { limit: '50' } });
    const isIt = ({ id, author, components, content, attachments }: Message): boolean => {
      const age = Date.now() - timeOfId(id);
      if (author.id !== botId() || age > LOOK_BACK_MS) return false;
      if (body.components.length > 0)
        return mark !== undefined && JSON.stringify(components ?? []).includes(`:${mark}.`);
      const sameFile = attachments.length > 0 === (file !== undefined);
      return age < SAME_TEXT_MS && content === body.content.trim() && sameFile;
    };
    return messagesShape.parse(answer).find(isIt)?.id;
  }
}

/** Discord takes no more of an alternative text. */
const LONGEST_DESCRIPTION = 1_024;

export function formOf(payload: object, file: StreamedUpload): FormData {
  const form = new FormData();
  const files = [file, ...(file.beside ?? [])];
  const attachments = files.map(({ name, description }, id) => ({
    id,
    filename: name,
    description: description.slice(0, LONGEST_DESCRIPTION).toWellFormed(),
  }));
  form.append('payload_json', JSON.stringify({ ...payload, attachments }));
  for (const [id, { open }] of files.entries()) form.append(`files[${id}]`, open());
  return form;
}
