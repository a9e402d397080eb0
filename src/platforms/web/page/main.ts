/** The page: what is open, what the person does, and what the server tells. */
import type { Button } from '../../chat.ts';
import type { WireFile, WireMessage } from '../wire.ts';
import { ApiError, api } from './api.ts';
import { readTyped, type Typed } from './commands.ts';
import { createComposer } from './composer.ts';
import { createConversation } from './conversation.ts';
import { el, newId, part } from './dom.ts';
import { follow } from './live.ts';
import { labelPage } from './page-labels.ts';
import { offerSignOut } from './sign-out.ts';
import { texts } from './texts.ts';
import { createThreadList } from './thread-list.ts';
import { createVersionStrip } from './versions.ts';
import { drawWelcome } from './welcome.ts';

labelPage();
const [config, { seq, threads }] = await Promise.all([api.config(), api.threads()]);

const banner = part('banner', HTMLElement);
const activity = part('activity', HTMLElement);
const welcome = part('welcome', HTMLElement);
const title = part('title', HTMLElement);
const earlier = part('earlier', HTMLButtonElement);
const labels = new Map<string, string>();
/** By then a finished video is on record. */
const RECORDED_MS = 3_000;
/** Messages on their way to the server. */
const underway = new Set<string>();
/** The conversation on the page; a new one has its id before it has a message. */
let open = '';

const list = createThreadList();
const conversation = createConversation(
  {
    list: part('log', HTMLElement),
    scroller: part('scroller', HTMLElement),
    toNewest: part('newest', HTMLButtonElement),
  },
  { press, sendAgain, propose: (words) => composer.propose(words) },
);
const versions = createVersionStrip((id) => conversation.elementOf(id));
const composer = createComposer(config, send);
drawWelcome(config, composer.propose);
if (config.canSignOut) offerSignOut();

for (const thread of threads) list.show(thread);
addEventListener('hashchange', () => void openFromAddress());
earlier.addEventListener('click', () => void load(conversation.oldest()));
await openFromAddress();
follow(seq, config.epoch, {
  onChange(change) {
    if (change.type === 'thread') {
      list.show(change.thread);
      refresh();
    } else if (change.message.thread === open) {
      conversation.show(change.message);
      lookForVersions(change.message);
      refresh();
    }
  },
  onActivity({ thread, label }) {
    if (label === undefined) labels.delete(thread);
    else labels.set(thread, label);
    refresh();
  },
  onConnection(connected) {
    banner.hidden = connected;
    banner.textContent = connected ? '' : texts.connectionLost;
    // What the bot is doing is told anew with each connection.
    if (!connected) labels.clear();
    refresh();
  },
  onSignedOut() {
    banner.hidden = false;
    // What has been typed stays where it is until the person goes to sign in.
    banner.replaceChildren(
      `${texts.signedOut} `,
      el('a', { attrs: { href: `/sign-in${location.hash}` } }, texts.signIn),
    );
  },
});
document.documentElement.setAttribute('data-ready', 'true');

async function openFromAddress(): Promise<void> {
  const [wanted] = /^[0-9a-f-]{36}$/.exec(location.hash.slice(1)) ?? [];
  if (wanted === open) return;
  open = wanted ?? newId();
  list.select(wanted);
  conversation.clear();
  versions.clear();
  earlier.hidden = true;
  if (wanted) await load();
  refresh();
  // On a touch screen the focus would call up the keyboard over the conversation.
  if (matchMedia('(pointer: fine)').matches) composer.focus();
}

async function load(before?: number): Promise<void> {
  const wanted = open;
  try {
    const { messages, more } = await api.messages(wanted, before);
    if (wanted !== open) return;
    for (const message of messages) {
      conversation.show(message);
      // Stored, but the bot did not get it: an earlier page, or an earlier process, broke off.
      if (message.waiting && !underway.has(message.id)) conversation.fail(message.id, '');
    }
    earlier.hidden = !more;
    if (messages.length > 0) void versions.show(open);
  } catch (error) {
    banner.hidden = false;
    banner.textContent = error instanceof ApiError ? error.message : texts.loadFailed;
  }
}

/** Right after its message a video is not yet on record as finished; at the end of its turn it is. */
function lookForVersions({ author, files, status }: WireMessage): void {
  if (author !== 'bot' || (files.length === 0 && status !== 'ended')) return;
  void versions.show(open);
  if (files.length > 0) setTimeout(() => void versions.show(open), RECORDED_MS);
}

function refresh(): void {
  const isEmpty = conversation.isEmpty();
  welcome.hidden = !isEmpty;
  composer.offerWishes(isEmpty);
  title.textContent = list.title(open) || texts.newVideo;
  document.title = isEmpty ? 'nemo-bot' : `${title.textContent} · nemo-bot`;
  const label = labels.get(open);
  activity.textContent = label === undefined ? '' : `${texts.bot} ${label || texts.isTyping}`;
}

function send(typed: Typed, files: readonly WireFile[]): void {
  const isCommand = typed.type === 'command';
  void deliver({
    id: newId(),
    thread: open,
    position: Number.MAX_SAFE_INTEGER,
    seq: 0,
    at: Date.now(),
    author: 'you',
    kind: isCommand ? 'command' : 'text',
    text: isCommand ? [`/${typed.name}`, typed.argument ?? ''].join(' ').trim() : typed.text,
    blocks: [],
    files,
    buttons: [],
    mentionsYou: false,
    private: isCommand,
    status: undefined,
    reactions: [],
    card: undefined,
    deleted: false,
    waiting: true,
  });
}

/** Shows the message at once and sends it; sending the same one again is safe. */
async function deliver(message: WireMessage): Promise<void> {
  const { id, thread } = message;
  conversation.show(message);
  if (location.hash.slice(1) !== thread) {
    history.replaceState(null, '', `#${thread}`);
    list.select(thread);
  }
  refresh();
  underway.add(id);
  try {
    const taken = await request(message);
    if (thread === open) conversation.show(taken);
  } catch (error) {
    if (thread === open) conversation.fail(id, sentenceOf(error));
  } finally {
    underway.delete(id);
  }
}

function request({ id, thread, kind, text, files }: WireMessage): Promise<WireMessage> {
  const typed = kind === 'command' ? readTyped(text) : undefined;
  return typed?.type === 'command'
    ? api.command(thread, { id, name: typed.name, argument: typed.argument })
    : api.send(thread, { id, text, files: files.map((file) => file.id) });
}

function sendAgain(message: WireMessage): void {
  void deliver(message);
}

function press(message: WireMessage, index: number, { does }: Button): void {
  if (!('action' in does)) return;
  if (does.action === 'change') composer.askForChange(texts.placeholderChange);
  else if (does.action === 'change-plan') composer.askForChange(texts.placeholderPlan);
  else if (does.action === 'prompt') send({ type: 'message', text: does.value ?? '' }, []);
  else {
    const request = { id: newId(), message: message.id, button: index };
    api.press(message.thread, request).catch((error) => {
      banner.hidden = false;
      banner.textContent = sentenceOf(error);
    });
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : (texts.problem.unexpected ?? '');
}
