/** What whoever installs the app on Slack reads: in the browser, and from the bot afterwards. */

/** Words in backquotes are typed as they are. */
export const install = {
  add: 'Add NemoVideo to Slack',
  addText:
    'Mention NemoVideo in a channel with a script, a story or a few pictures, and a finished video comes back in the thread. Videos and answers are made by AI and may be wrong.',
  addButton: 'Add to Slack',
  done: (team: string | undefined) =>
    team ? `NemoVideo is installed in ${team}` : 'NemoVideo is installed',
  stepsTitle: 'Three steps to the first video',
  steps: ({ credits }: { readonly credits: string }): readonly string[] => [
    'Invite me to a channel: type `/invite @nemo` there.',
    'Mention me with a script, a story or a few pictures: `@nemo a film about tea in the mountains`.',
    `Write in the thread what should change, and \`export\` for the MP4. \`${credits}\` shows what is left.`,
  ],
  open: 'Open it in Slack',
  denied: 'Nothing was installed',
  deniedText: 'Slack was not allowed to install the app. That is all right: nothing is stored.',
  closed: 'This bot is not open to your workspace',
  failed: 'The installation did not work',
  failedText:
    'The page may have been open for too long, or in another browser. Nothing is stored; please begin again.',
  again: 'Begin again',
  support: 'Support',
  privacy: 'Privacy',
  terms: 'Terms',
  welcome: (steps: readonly string[]) =>
    [
      '👋 Thanks for installing me. Three steps to the first video:',
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      'Videos and answers are made by AI: look at them before you pass them on.',
    ].join('\n'),
};

export type InstallWords = typeof install;
