import type { Locale } from '../locale.ts';
import { agent, temporaryIssue } from './agent.ts';
import { batch } from './batch.ts';
import { commands } from './command-words.ts';
import { commonWords } from './common-words.ts';
import { discord } from './discord.ts';
import { guiTalk } from './gui-talk.ts';
import { page, signIn } from './page.ts';
import { planPhrases as plan } from './plan-phrases.ts';
import { slack } from './slack.ts';
import { talk } from './talk-words.ts';
import { wishes } from './wishes.ts';
import { words } from './words.ts';

export const en: Locale = {
  code: 'en',
  name: 'English',
  words,
  agent,
  commands,
  guiTalk,
  temporaryIssue,
  batch,
  wishes,
  plan,
  talk,
  commonWords,
  quotes: [
    { open: '“', close: '”' },
    { open: '‘', close: '’', apart: true },
  ],
  slack,
  discord,
  page,
  signIn,
};
