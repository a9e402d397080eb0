/**
 * What the conversation may rely on, whatever the chat service: the same cases for each platform behind the chat port.
 * A subject is the platform over its own service (a double on loopback, or the real thing where that is this machine),
 * with a person in it who writes, presses and looks.
 */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Attachment,
  type ButtonPress,
  type ChatPlatform,
  type ChatThread,
  type Command,
  FileRefused,
  type FileSource,
  FileUnavailable,
  type Inbox,
  type IncomingMessage,
  type Overview,
  threadKey,
} from '../../src/platforms/chat.ts';
import { toMessageId } from '../../src/runtime/ids.ts';
import { StoreUnavailable } from '../../src/runtime/store-outage.ts';

/** A message of the bot as the person has it before them. */
export interface Seen {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** By label; what only links somewhere is not among them. */
  readonly buttons: readonly string[];
  /** Nobody else sees it. */
  readonly privately: boolean;
}

export interface Subject {
  readonly platform: ChatPlatform;
  /** What is on the screen stays there: an edit is shown below, and nothing can be taken away. */
  readonly appends?: boolean;
  /**
   * The person writes into the one thread that they have with the bot. What the bot could not take is delivered again,
   * by whoever does that there.
   */
  write(text: string, files?: readonly { name: string; bytes: Buffer }[]): Promise<void>;
  /** All that the person can see of the bot, oldest first. */
  seen(): readonly Seen[] | Promise<readonly Seen[]>;
  /** Presses the last button of that label. */
  press(label: string): Promise<void>;
  /** The command that shows the credits. */
  askCredits(): Promise<void>;
  close(): Promise<void>;
}

export interface Ear extends Inbox {
  /** Each call of `receive`, those that were refused as well. */
  readonly heard: IncomingMessage[];
  readonly presses: ButtonPress[];
  readonly commands: Command[];
  refusals: Error[];
}

function createEar(): Ear {
  const nothing: Overview = {
    ...{ language: 'en', greeting: '', examples: [], help: '' },
    ...{ credits: undefined, recent: [] },
  };
  const ear: Ear = {
    heard: [],
    presses: [],
    commands: [],
    refusals: [],
    async receive(message) {
      ear.heard.push(message);
      const refusal = ear.refusals.shift();
      if (refusal) throw refusal;
    },
    revise: async () => false,
    withdraw: async () => {},
    async command(command) {
      ear.commands.push(command);
      await command.respond({ text: 'Sixty credits are left.' });
    },
    async press(press) {
      ear.presses.push(press);
      await press.respond({ text: 'That was pressed.' });
    },
    mayBegin: async () => 'yes',
    knows: async () => true,
    overview: async () => nothing,
    versions: async () => [],
    recent: async () => [],
    brand: async () => undefined,
    account: async () => ({ text: 'about accounts' }),
    left: async () => {},
  };
  return ear;
}

const film = (bytes: Buffer): FileSource => ({
  name: 'harbour.mp4',
  bytes: bytes.length,
  mime: 'video/mp4',
  description: 'The harbour at dusk',
  open: async () => Readable.from([bytes]),
});

/** Far over what one message takes anywhere; every word is another one. */
const LONG = Array.from({ length: 3_000 }, (_, n) => `word${n}`).join(' ');
const signal = new AbortController().signal;
const PATIENCE = { timeout: 10_000, interval: 5 };

export function describeConformance(name: string, start: (inbox: Inbox) => Promise<Subject>): void {
  describe(`${name} behind the chat port`, () => {
    const ear = createEar();
    let subject: Subject;
    let chat: ChatThread;
    let first: IncomingMessage;

    beforeAll(async () => {
      subject = await start(ear);
      first = await say('A film about tea.');
      chat = subject.platform.thread(first.thread);
    });
    afterAll(() => subject?.close());

    /** The message as the bot has heard it. */
    async function say(...said: Parameters<Subject['write']>): Promise<IncomingMessage> {
      const before = ear.heard.length;
      await subject.write(...said);
      return vi.waitUntil(() => ear.heard[before], PATIENCE);
    }

    /** The first of the bot's messages that fits, now or later. */
    const see = (fits: (message: Seen) => boolean): Promise<Seen> =>
      vi.waitUntil(async () => (await subject.seen()).find(fits), PATIENCE);
    const has = (words: string) => (message: Seen) => message.text.includes(words);
    const countOf = async (words: string) => (await subject.seen()).filter(has(words)).length;

    test('is listening, under its own name', () => {
      expect(subject.platform.name).toBe(name);
      expect(subject.platform.trouble()).toBeUndefined();
    });

    test('a message comes with its words, its author and where it was written', () => {
      expect(first.text.trim()).toBe('A film about tea.');
      expect(first.author.id).toMatch(/\S/);
      expect(first.thread.platform).toBe(name);
      expect(first.calls).toBe('us');
      expect(Math.abs(first.sentAt - Date.now())).toBeLessThan(365 * 86_400_000);
      // It is stored, and read by another process.
      expect(JSON.parse(JSON.stringify(first))).toMatchObject({ key: first.key });
      const stored = subject.platform.thread(JSON.parse(JSON.stringify(first.thread)));
      expect(stored.ref).toEqual(first.thread);
    });

    test('another one has another key, in the same thread', async () => {
      const second = await say('Make it slower.');
      expect(second.text.trim()).toBe('Make it slower.');
      expect(second.key).not.toBe(first.key);
      expect(threadKey(second.thread)).toBe(threadKey(first.thread));
    });

    test('one that could not be written down comes again, under the same key', async () => {
      const before = ear.heard.length;
      ear.refusals.push(new StoreUnavailable('the disk is full'));
      const once = await say('Make it louder.');
      await expect.poll(() => ear.heard.length, PATIENCE).toBe(before + 2);
      expect(once.text.trim()).toBe('Make it louder.');
      expect(ear.heard.at(-1)).toMatchObject({ key: once.key, text: once.text });
    });

    test('a post is seen, and its id is not that of another', async () => {
      const one = await chat.post({ text: 'The kettle sings.' }, { key: 'one' });
      const two = await chat.post({ text: 'The tea is poured.' }, { key: 'two' });
      await see(has('The kettle sings.'));
      await see(has('The tea is poured.'));
      expect(one.id).not.toBe(two.id);
    });

    test('a post that is made once more is there once, with its id', async () => {
      const one = await chat.post({ text: 'Poured only once.' }, { key: 'once' });
      const again = await chat.post({ text: 'Poured only once.' }, { key: 'once', again: true });
      expect(again).toEqual(one);
      await see(has('Poured only once.'));
      expect(await countOf('Poured only once.')).toBe(1);
    });

    test('a post that may have been made, and was not, is made', async () => {
      await chat.post({ text: 'Nobody has seen this.' }, { key: 'never', again: true });
      await see(has('Nobody has seen this.'));
    });

    test('no word of a long text is lost, and the buttons stand at its end', async () => {
      const buttons = [{ label: 'Timeline', does: { action: 'timeline' } }] as const;
      await chat.post({ text: LONG, buttons }, { key: 'long' });
      const last = await see(has('word2999'));
      expect(last.buttons).toEqual(['Timeline']);
      const words = (await subject.seen()).flatMap(({ text }) => text.match(/\bword\d+\b/g) ?? []);
      expect(words).toEqual(LONG.split(' '));
    });

    test('an edit shows the new words, and buttons that are gone are gone', async () => {
      const stop = [{ label: 'Stop', does: { action: 'stop' } }] as const;
      const { id } = await chat.post({ text: 'Working on it', buttons: stop }, { key: 'status' });
      await see(has('Working on it'));
      await chat.edit(id, { text: 'Ended well' });
      expect((await see(has('Ended well'))).buttons).toEqual([]);
      if (!subject.appends) expect(await countOf('Working on it')).toBe(0);
      await chat.delete(id);
      if (!subject.appends) expect(await countOf('Ended well')).toBe(0);
    });

    test('what no longer exists cannot be edited: that is said, and nothing is posted', async () => {
      const { id } = await chat.post({ text: 'Soon gone' }, { key: 'gone' });
      await chat.delete(id);
      await expect(chat.edit(id, { text: 'Edited after its end' })).rejects.toMatchObject({
        reason: expect.stringMatching(/^(?:gone|invalid)$/),
      });
      await chat.delete(id);
      expect(await countOf('Edited after its end')).toBe(0);
    });

    test('what is said privately is seen by that person alone', async () => {
      await chat.postPrivately(first.author.id, { text: 'Between us two.' });
      expect((await see(has('Between us two.'))).privately).toBe(true);
    });

    test('a file comes with its words and every byte, or is refused without a word', async () => {
      const bytes = Buffer.alloc(100_000, 'harbour');
      const posting = chat.postFile(film(bytes), { text: 'Video ready!' }, { key: 'film' });
      if (!chat.capabilities.files) {
        await expect(posting).rejects.toBeInstanceOf(FileRefused);
        expect(await countOf('Video ready!')).toBe(0);
        return;
      }
      await posting;
      const { files } = await see((it) => it.files.length > 0 && it.text.includes('Video ready!'));
      expect(files.map((file) => file.name)).toEqual(['harbour.mp4']);
      expect(files[0]?.bytes.equals(bytes)).toBe(true);
    });

    test('a file that is over the limit of the place is refused, and nothing is posted', async () => {
      const { fileBytes } = await chat.limits();
      const huge = { ...film(Buffer.from('x')), bytes: fileBytes + 2 ** 40 };
      const posting = chat.postFile(huge, { text: 'Far too large' }, { key: 'huge' });
      await expect(posting).rejects.toBeInstanceOf(FileRefused);
      expect(await countOf('Far too large')).toBe(0);
    });

    test('a file that somebody attached is read, byte for byte, by what is stored of it', async () => {
      const bytes = Buffer.alloc(50_000, 'leaf');
      const file = { name: 'leaf.png', bytes };
      const { thread, attachments } = await say('With this picture.', [file]);
      const [stored]: Attachment[] = JSON.parse(JSON.stringify(attachments));
      if (!stored) throw new Error('the file did not come');
      expect(stored.name).toBe('leaf.png');
      const opened = await subject.platform.openFile(thread, stored, signal);
      expect((await buffer(opened.stream)).equals(bytes)).toBe(true);
    });

    test('a file that nobody has attached is said to be unavailable', async () => {
      const made: Attachment = { id: 'x', name: 'x.png', locator: { file: '/no/such/file' } };
      const opening = subject.platform.openFile(first.thread, made, signal);
      await expect(opening).rejects.toBeInstanceOf(FileUnavailable);
    });

    test('a press says what it is about and where it was, each under its own key', async () => {
      const buttons = [{ label: 'Slower', does: { action: 'prompt', value: 'slower' } }] as const;
      await chat.post({ text: 'How is this?', buttons }, { key: 'offer' });
      await see((message) => message.buttons.includes('Slower'));
      await subject.press('Slower');
      await expect.poll(() => ear.presses.length, PATIENCE).toBe(1);
      await subject.press('Slower');
      await expect.poll(() => ear.presses.length, PATIENCE).toBe(2);
      const [one, two] = ear.presses;
      expect(one).toMatchObject({ action: 'prompt', value: 'slower', platform: name });
      expect(one?.person.id).toBe(first.author.id);
      const about = one?.claim?.claimed ?? one?.thread;
      expect(about && threadKey(about)).toBe(threadKey(first.thread));
      expect(two?.key).not.toBe(one?.key);
      expect((await see(has('That was pressed.'))).privately).toBe(true);
    });

    test('a command is answered to its person alone', async () => {
      await subject.askCredits();
      await expect.poll(() => ear.commands.length, PATIENCE).toBe(1);
      expect(ear.commands[0]).toMatchObject({ name: 'credits', platform: name });
      expect((await see(has('Sixty credits are left.'))).privately).toBe(true);
    });

    test('who wrote in a thread sees it; nobody sees one that does not exist', async () => {
      const { thread, author } = first;
      expect(await subject.platform.canSee(thread, author, thread, signal)).toBe(true);
      const nowhere = { ...thread, channel: 'nowhere', thread: 'nothing' };
      expect(await subject.platform.canSee(nowhere, author, undefined, signal)).toBe(false);
    });

    test('reactions and signs of life are taken, where there are any', async () => {
      if (chat.capabilities.react && first.messageId) {
        await chat.react(first.messageId, 'seen');
        await chat.unreact(first.messageId, 'seen');
      }
      await chat.showActivity('Working');
      await chat.showActivity(undefined);
    });

    test('a message that was never posted cannot be edited', async () => {
      const editing = chat.edit(toMessageId('C1:made-up'), { text: 'From nowhere' });
      await expect(editing).rejects.toBeInstanceOf(Error);
      expect(await countOf('From nowhere')).toBe(0);
    });

    test('once it has stopped listening nothing is taken in, and it says so', async () => {
      await subject.platform.stopListening();
      const before = ear.heard.length;
      await subject.write('Too late for this.').catch(() => {});
      expect(ear.heard.length).toBe(before);
      await chat.post({ text: 'Posting still works.' }, { key: 'late' });
      await see(has('Posting still works.'));
    });
  });
}
