/**
 * Bolt acknowledges an event before its listeners run, so that whatever they were about to write is
 * lost with the process. Messages are therefore taken in front of it: on record first, acknowledged
 * then. Everything else goes its usual way.
 */
import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';

/** True: the event has been dealt with. A rejection leaves it unacknowledged, and Slack sends it again. */
export type TakeEvent = (body: unknown) => Promise<boolean>;

export class RecordBeforeAckApp extends App {
  readonly #gate: TakeEvent;

  constructor(options: AppOptions, gate: TakeEvent) {
    super(options);
    this.#gate = gate;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    if (await this.#gate(event.body)) await event.ack();
    else await super.processEvent(event);
  }
}
