/** Where the process is killed, as the backend sees it. Holds in every chat. */
import type { CrashChat } from '../doubles/crash-chats.ts';
import { toolCall } from '../doubles/nemo/steps.ts';
import type { NemoDouble } from '../doubles/nemo/world.ts';
import { videosAmong, worksOn } from './scene.ts';

export interface KillPoint {
  readonly title: string;
  /** Before the message: what brings the turn there. */
  readonly arrange?: (nemo: NemoDouble) => void;
  /** Resolves when the process is there. */
  readonly reached: (nemo: NemoDouble, chat: CrashChat, thread: string) => Promise<unknown>;
  readonly meanwhile?: (nemo: NemoDouble) => void;
  /** Export jobs that the backend is asked for in all. */
  readonly renders?: number;
  readonly answer?: RegExp;
}

/** What the answer says when nobody heard the agent to its end. */
const LOOKED_AT = /restarted while working/;

export const aroundTheSend: readonly KillPoint[] = [
  {
    title:
      'after the message was sent and before any answer: it is not sent again, the state is looked at',
    arrange: (nemo) =>
      nemo.once('run_sse', () => {
        worksOn(nemo);
        return { never: true };
      }),
    reached: (nemo) => nemo.arrival('run_sse'),
    answer: LOOKED_AT,
  },
];

export const aroundTheExport: readonly KillPoint[] = [
  {
    title: 'while the export is being submitted and did not arrive: it is submitted with a new id',
    arrange: (nemo) => nemo.once('render', { never: true }),
    reached: (nemo) => nemo.arrival('render'),
    renders: 2,
  },
  {
    title: 'while the export is being submitted and did arrive: the job is found by its id',
    arrange: (nemo) =>
      nemo.once('render', (request) => {
        const { id } = request.json as { id: string };
        nemo.renders.set(id, { polls: 0 });
        return { never: true };
      }),
    reached: (nemo) => nemo.arrival('render'),
  },
];

export const aroundTheDelivery: readonly KillPoint[] = [
  {
    title: 'while the video is being fetched: it is delivered once',
    arrange: (nemo) => nemo.once('file', { never: true }),
    reached: (nemo) => nemo.arrival('file'),
  },
  {
    title: 'right after the video was posted: it is not posted again',
    reached: (_nemo, chat, thread) => chat.until(thread, (shown) => videosAmong(shown).length > 0),
  },
];

/** What is the same in every chat, and is seen once in the playground. */
export const otherPhases: readonly KillPoint[] = [
  {
    title: 'while the session is being made: the turn begins anew',
    arrange: (nemo) => nemo.once('session', { never: true }),
    reached: (nemo) => nemo.arrival('session'),
  },
  {
    title: 'in the middle of the stream: it is not sent again, the state is looked at',
    arrange: (nemo) => nemo.script(toolCall('edit_multitrack', 'call-1'), { hang: true }),
    async reached(nemo, chat, thread) {
      await nemo.arrival('run_sse');
      await chat.until(thread, (shown) => shown.some(({ text }) => /^Working/.test(text)));
    },
    meanwhile: worksOn,
    answer: LOOKED_AT,
  },
  {
    title: 'during recovery: the looking goes on',
    arrange: (nemo) => nemo.once('run_sse', { drop: true }),
    reached: (_nemo, chat, thread) =>
      chat.until(thread, (shown) => shown.some(({ text }) => /connection was lost/.test(text))),
    meanwhile: worksOn,
    answer: LOOKED_AT,
  },
  {
    title: 'while the render is looked at: the same render is looked at on',
    arrange: (nemo) => nemo.once('render-state', { never: true }),
    reached: (nemo) => nemo.arrival('render-state'),
  },
];
