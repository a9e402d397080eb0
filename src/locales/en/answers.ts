/** What is said with the answer of the agent, or in its place. */
import type { TimelineLabels } from '../../conversation/timeline/format-timeline.ts';
import { changesInEnglish } from './changes.ts';

const timelineLabels: TimelineLabels = {
  timeline: (n: number) => `Timeline (${n} ${n === 1 ? 'track' : 'tracks'})`,
  video: 'Video',
  music: 'BGM',
  title: 'Title',
  track: 'Track',
  untitled: 'untitled',
  more: (n: number) => `+${n} more`,
  colon: ': ',
};

export const answers = {
  timelineLabels,
  noTimeline: 'No timeline yet.',
  timelineUnreadable:
    'The project has a timeline in a form that I cannot read. I can still try to export it.',
  changed: (lines: readonly string[]) => lines.join('\n'),
  changes: changesInEnglish,
  somethingChanged: '✅ The project was changed.',
  nothingChanged:
    'NemoVideo finished without saying anything, and I see no change on the timeline. Try saying it another way, or press *Try again*.',
  noAnswer:
    'NemoVideo gave no answer; it may still be starting up. Nothing was changed. Press *Try again*, or say it another way.',
  temporaryProblem:
    'NemoVideo had a temporary problem, and nothing was changed. Press *Try again* to repeat it.',
  answerInFile: 'The whole answer is in the file.',
  answerCut: 'The answer was cut off because it was too long.',
  refusedByService: 'The request was refused by the video service. Please say it in another way.',
  serviceProblem: 'NemoVideo ran into a problem while working.',
  serviceProblemUnchanged:
    'NemoVideo ran into a problem while working, and nothing was changed. Press *Try again* to repeat it.',
  keepOrStrip: (music: boolean, title: boolean) => {
    const added = [music && 'music', title && 'titles'].filter(Boolean).join(' and ') || 'effects';
    return `Added on the way: ${added}. Keep them, or tell me what to remove.`;
  },
  tellMore: 'Next: tell me more about the video you want',
  /** What is offered next; each is sent as it stands. */
  prompts: {
    video: ['Add subtitles', 'Adjust the timing'],
    edit: ['Change the music', 'Adjust the timing'],
  } as Record<'video' | 'edit', readonly string[]>,
  shape: { portrait: 'Portrait', landscape: 'Landscape', square: 'Square' },
  /** What the agent is asked by these. */
  shapeWish: {
    portrait: 'Change the video to portrait (9:16).',
    landscape: 'Change the video to landscape (16:9).',
    square: 'Change the video to a square (1:1).',
  },
  offerTaken: 'That has been asked for already. To ask once more, write it here.',
  offerGone: 'I no longer know what this button was for. Just write here what you want.',
  tip: {
    'shorter-script': (advice: string) => `💡 ${advice}`,
    'be-specific': (_advice: string) =>
      '💡 Concrete wishes work best: instead of “make it better”, try “slower cuts, warmer colours, a bigger title”.',
  },
  question: (
    title: string | undefined,
    questions: readonly { prompt: string; options: readonly string[] }[],
  ) =>
    [
      title ? `**${title}**` : undefined,
      ...questions.map((q, i) =>
        [
          `${questions.length > 1 ? `${i + 1}. ` : ''}${q.prompt}`,
          ...q.options.map((o) => `   - ${o}`),
        ].join('\n'),
      ),
      '_Just answer here._',
    ]
      .filter(Boolean)
      .join('\n'),
  newProject:
    'That project is no longer available, so I started a new one. Earlier edits and uploads are gone.',
  recoveredChanged: 'The connection was lost for a while, but the work got done:',
  recoveredUnchanged:
    'The connection to NemoVideo was lost, and nothing has changed since. Press *Try again* to ask once more.',
  tookTooLong:
    'NemoVideo has worked on this for very long without finishing, and nothing has changed. Press *Try again* to ask once more.',
  restartedChanged: 'I was restarted while working on this, but the work got done:',
  restartedUnchanged:
    'I was restarted while working on this, and nothing has changed since. Press *Try again* to ask once more.',
  emptyMessage:
    'I found neither words nor files in that message. Tell me what to make or to change, or say `help`.',
  wordsPoint:
    'Your words only point at what I could not use, so I have not begun. Send it in another form, tell me what to show, or let me go on with your words alone.',
  nothingLeft:
    'There is nothing left to work with. Send a script, or a file of a kind that I can use.',
  limit: {
    'stock-music-link':
      'Links to YouTube or Spotify cannot be used as material; the built-in library has similar styles.',
    'local-path': "I can't open a path on your computer; send the file here instead.",
    'photo-editing': 'Editing single photos is not what I do, but I can make a slideshow of them.',
    'long-video': 'Long videos work best in parts of under 60 seconds.',
  },
  retryNothing: 'There is nothing to repeat.',
  changeHint:
    'Just write here what you want to change, for example “make the title bigger” or “slower music”.',
};

export type AnswersWords = typeof answers;
