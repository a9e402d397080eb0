import type { AgentPhrases, TemporaryIssue } from '../locale.ts';

const RATIOS: Readonly<Record<string, string>> = {
  portrait: '9:16',
  landscape: '16:9',
  square: '1:1',
};

export const agent: AgentPhrases = {
  fromFile: 'Make a video from this file.',
  fromFiles: 'Make a video from these files.',
  fromScript: 'Make a video from this script.',
  separate: ({ number, of }) =>
    `Make a new, separate video (${number} of ${of}) from nothing but the material in this message:`,
  forAll: (of, words) => `This was said about all ${of} videos: ${words}`,
  gist: 'The script below is a selection from a much longer one. Tell its story in a short video.',
  uploaded: 'Uploaded files: ',
  missing: (names) =>
    `These files could not be used and are missing; do not make up what is in them: ${names}`,
  comma: ', ',
  colon: ':',
  file: ({ name, kind, aliases, address }) =>
    `${name} (${[kind, ...aliases.map((it) => `also called ${it}`), ...(address ? [address] : [])].join(', ')})`,
  plan: {
    decided: 'These decisions about the video go before anything that is said above:',
    leftOut: (scenes) =>
      `Leave out ${scenes.map(({ number, words }) => `scene ${number} (“${words}”)`).join(' and ')}.`,
    seconds: (seconds) => `The video is about ${seconds} seconds long.`,
    shape: (shape) => `Aspect ratio: ${RATIOS[shape] ?? shape}.`,
    music: (words) => (words === false ? 'No music.' : `Music: ${words}.`),
    title: (words) => (words === false ? 'No title.' : `Title: “${words}”.`),
    added: (words) => words,
  },
  brand: {
    head: 'Keep to our brand, unless something else is said above:',
    name: (it) => `Name: ${it}.`,
    colours: (it) => `Colours: ${it}.`,
    intro: (it) => `Begin with the words “${it}”.`,
    outro: (it) => `End with the words “${it}”.`,
    voice: (it) => `Voice: ${it}.`,
    music: (it) => `Music: ${it}.`,
    logo: (it) => `The uploaded file ${it} is our logo: show it as a logo, not as a scene.`,
  },
  voice: {
    script: (name) => `${name} is a voice message: its spoken words are the script of the video.`,
    message: (name) =>
      `${name} is a voice message: its spoken words are my message to you about this video.`,
    music: (name) => `${name} is the music of the video, not its script.`,
  },
};

export const temporaryIssue: TemporaryIssue = {
  issue:
    /\b(?:encountered|ran into|hit|had|experienc\w+) (?:a|some) temporary (?:issue|problem|error|glitch)|temporary (?:issue|problem|error) (?:occurred|has occurred)/iu,
  around:
    /^(?:(?:so |i'?m |i am |we'?re )?(?:very |really )?(?:sorry|apolog\w+)|oops|unfortunately|please|try again|could you try|you can try|let'?s try|my apologies)(?=[\s,.!，。！]|$)[^\n]{0,80}$/iu,
};
