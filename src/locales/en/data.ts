/** What is stored, handed out and forgotten. */
import { number } from './numbers.ts';

interface Stored {
  readonly threads: number;
  readonly turns: number;
  readonly renders: number;
}
export interface ForgetCard extends Stored {
  readonly what: 'thread' | 'part' | 'mine' | 'workspace';
  /** The messages themselves are kept by us, and go too. */
  readonly messages: boolean;
  /** Where NemoVideo says what it keeps. */
  readonly page: string;
}

const counted = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;

const amount = ({ threads, turns, renders }: Stored): string =>
  [counted(threads, 'project'), counted(turns, 'request'), counted(renders, 'export')].join(', ');

const WHOSE = {
  thread: 'this project',
  part: 'you in this project',
  mine: 'you, everywhere on this chat service',
  workspace: 'this workspace',
} as const;

export const data = {
  /** How people name it behind the command. Small letters. */
  subjects: {
    thread: ['this', 'project'],
    mine: ['all', 'everything', 'my', 'me'],
    workspace: ['server', 'team'],
  },
  offers: { mine: 'All of mine', workspace: 'All of this workspace' },
  whichForget:
    'What shall I forget? A project, all of yours, or, for admins, all of this workspace. Nothing is deleted before you have seen how much it is.',
  card: ({ what, messages, page, ...stored }: ForgetCard) =>
    [
      `**Delete what I store of ${WHOSE[what]}?**`,
      `That is: ${amount(stored)}, with all texts and notes. What is running is stopped. It cannot be undone.`,
      what === 'part' || what === 'mine'
        ? 'Where others have asked for something in the same project, theirs stays, and the project too.'
        : undefined,
      messages
        ? 'The messages and files here are deleted, too.'
        : 'The messages in this chat stay: delete them there.',
      `What NemoVideo itself keeps (sessions, uploads, videos) I cannot delete from here: ${page}`,
    ]
      .filter(Boolean)
      .join('\n'),
  confirm: {
    thread: 'Delete this project',
    part: 'Delete my part',
    mine: 'Delete all of mine',
    workspace: 'Delete the workspace’s',
  },
  nothing: 'I store nothing of that.',
  forgetting: 'I am deleting it. That takes a while, and goes on by itself.',
  forgotten: 'Deleted. I store nothing of that any more.',
  forgottenBefore: 'That has been deleted already.',
  cardOld: 'That was shown too long ago. Please ask once more.',
  adminsForget: 'Only an admin of this workspace can delete all that belongs to it.',
  notYours: 'You have asked for nothing in this project, so there is nothing of yours to delete.',
  exportCard: (stored: Stored) =>
    `I can give you a file with what I store of you here: ${amount(stored)}. Only you get it.`,
  exportButton: 'Give me the file',
  exported: (page: string) =>
    `This is what I store of you: projects, requests and answers, and what was spent. What NemoVideo keeps is not in it: ${page}`,
  exportedDirectly: 'I have sent you the file directly.',
  exportDescription: 'What is stored of you',
};

export type DataWords = typeof data;
