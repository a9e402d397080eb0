/** How each entry that is a function is called, so that all of a catalogue can be read aloud. */
import { FILE_USES } from '../../src/conversation/plan/plan.ts';
import type { TimelineChange } from '../../src/conversation/timeline/timeline-diff.ts';

const entry = { number: 2, of: 3, name: 'puerto.png' };
const names = [['a.png', 'b.png']];
const commands = [{ any: '/nemo', credits: '/credits', video: '/video' }];
const url = ['https://x.test/1'];
const MB = 1024 * 1024;

/** Said as it is given. */
export const GIVEN = 'Preparando…';

const music = { kind: 'music', name: 'Lo-fi', start: 0, end: 10.5 } as const;
const title = { kind: 'title', name: 'Mar', start: 0, end: 3 } as const;

const CHANGES: readonly TimelineChange[] = [
  { ...music, type: 'added', what: 'track', volume: 35, others: 1 },
  { ...title, type: 'removed', what: 'segment', others: 0 },
  { type: 'renamed', kind: 'title', before: 'Mar', after: 'Sal', start: 0, end: 3 },
  {
    ...title,
    type: 'timing',
    before: { start: 0, end: 3 },
    after: { start: 0, end: 5 },
  },
  { ...music, type: 'volume', before: undefined, after: 20 },
  { type: 'order', kind: 'video', before: [undefined, 'uno'], after: ['uno', undefined] },
  { type: 'canvas', before: undefined, after: { width: 1080, height: 1920 } },
];
const REST: readonly TimelineChange[] = [
  { type: 'length', before: undefined, after: 12 },
  { type: 'media-added', name: 'mar.png' },
  { type: 'media-removed', name: 'mar.png' },
  { type: 'added', what: 'track', kind: 'other', name: undefined, start: 0, end: 3, others: 0 },
];

const budgetsShown = (['workspace', 'channel', 'person'] as const).flatMap((of, index) =>
  [420, 1_240].map((credits) => [
    { of, limit: 1_000, credits, expected: index === 0 ? 96 : 0, complete: index === 1 },
  ]),
);

export const CALLS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'words.stage': [
    [{ type: 'connecting', word: GIVEN }, 0],
    [{ type: 'starting' }, 0],
    [{ type: 'reading', done: 1, of: 3 }, 0],
    ...['video', 'audio', 'edit', 'analysis', undefined].map((what) => [
      { type: 'working', what },
      200_000,
    ]),
    [{ type: 'rate-limited', seconds: 30 }, 0],
    [{ type: 'recovering' }, 40_000],
    [{ type: 'checking' }, 40_000],
    [{ type: 'rendering' }, 0],
    [{ type: 'rendering', percent: 50 }, 0],
  ],
  'words.firstMessage': [['@nemo']],
  'words.ending': [
    ...['done', 'needs-you', 'failed', 'stopped', 'interrupted'].map((it) => [it, 9_000]),
    ['done', 9_000, 96],
  ],
  'words.data.card': ['thread', 'part', 'mine', 'workspace'].map((what) => [
    { what, messages: what === 'mine', page: url[0], threads: 1, turns: 2, renders: 0 },
  ]),
  'words.data.exportCard': [[{ threads: 1, turns: 2, renders: 1 }]],
  'words.data.exported': [url],
  'words.creditsUsed': [
    [{ thread: { credits: 96, complete: true }, month: { credits: 1_240, complete: false } }],
    [{ thread: undefined, month: { credits: 1, complete: true } }],
  ],
  'words.creditsLow': [[60], [1], [0]],
  'words.stillWorking': [[120_000]],
  'words.linkRead': [
    ['Sal', 'x.test', 1],
    ['Sal', 'x.test', 640],
  ],
  'words.linksMost': [[3]],
  'words.linkProblem.private': [['x.test']],
  'words.linkProblem.robots': [['x.test']],
  'words.linkProblem.login': [['x.test']],
  'words.linkProblem.paid': [['x.test']],
  'words.linkProblem.gone': [['x.test']],
  'words.linkProblem.slow': [['x.test']],
  'words.linkProblem.large': [['x.test']],
  'words.linkProblem.wordless': [['x.test']],
  'words.linkProblem.unreachable': [['x.test']],
  'words.linkClosed.film': [['Vimeo']],
  'words.linkClosed.music': [['Vimeo']],
  'words.linkClosed.post': [['Vimeo']],
  'words.linkClosed.store': [['Vimeo']],
  'words.noSignOfLife': [[240_000, 180_000]],
  'words.rawClipReady': [[10.5], [undefined]],
  'words.waiting': [[1], [3]],
  'words.status.working': [[40_000]],
  'words.status.queued': [[1], [3]],
  'words.batchStopped': [
    [1, 3],
    [2, 3],
  ],
  'words.stopNotYours': [['Ana']],
  'words.aboutProject': [['Ana…']],
  'words.whose.ask': [['Ana…']],
  'words.whose.notYours': [['Ana']],
  'words.captions.fromTrack': [[1], [7]],
  'words.captions.fromScript': [
    ['x.srt', 1],
    ['x.srt', 7],
  ],
  'words.captions.notInStep': [['x.srt']],
  'words.captions.scriptGone': [['x.srt']],
  'words.pictures.chart.seconds': [[10.5]],
  'words.pictures.chart.moreTracks': [[1], [3]],
  'words.pictures.chart.about.scene': [[3]],
  'words.pictures.chart.about.music': [['Lo-fi']],
  'words.pictures.chart.about.title': [['Mar']],
  'words.pictures.chart.about.track': [['Mar']],
  'words.pictures.alt.video': [
    ['Mar', 10.5],
    [undefined, undefined],
  ],
  'words.pictures.alt.timeline': [['…']],
  'words.pictures.alt.captions': [
    ['Mar', 'SRT'],
    [undefined, 'VTT'],
  ],
  'words.timelineLabels.timeline': [[1], [3]],
  'words.timelineLabels.more': [[2]],
  'words.timelineLabels.quoted': [['Mar']],
  'words.timelineLabels.details': [['0', '10.5', '35%']],
  'words.changed': [[['✅ …']]],
  'words.changes': [[CHANGES], [REST], [[...CHANGES, ...REST]]],
  'words.keepOrStrip': [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ],
  'words.tip.shorter-script': [['…']],
  'words.tip.be-specific': [['']],
  'words.question': [
    [
      undefined,
      [
        { prompt: '16:9', options: ['9:16'] },
        { prompt: '1:1', options: [] },
      ],
    ],
  ],
  'words.refusedKind': [
    ['x.heic', 'PNG', 'JPG, PNG'],
    ['x.exe', 'PNG'],
  ],
  'words.refusedContent': [['x.png', 'PNG']],
  'words.refusedSize': [['x.mp4', 500 * MB]],
  'words.refusedByBackend': [['x.mp4', 500 * MB]],
  ...Object.fromEntries(
    ['Empty', 'Gone', 'Hidden', 'Permission', 'CutOff', 'Upload', 'Wordless', 'Scanned']
      .concat(['Encrypted', 'Damaged', 'LongDocument', 'Slow', 'Unreachable'])
      .map((why) => [`words.refused${why}`, [['x.pdf']]]),
  ),
  'words.refusedExternal': [['x.pdf'], ['x.pdf', 'Google Drive']],
  'words.unread': [
    [
      [
        { kind: 'list', name: 'Tomas' },
        ...['canvas', 'poll', 'app-card', 'other'].map((kind) => ({ kind })),
      ],
    ],
  ],
  'words.scriptCut': [[12_345]],
  'words.scriptTooLong': [
    ['x.txt', 30_000, 20_000],
    [undefined, 30_000, 20_000],
  ],
  'words.scriptFits': [
    ['gist', 12_345, 30_000],
    ['first-part', 12_345, 30_000],
  ],
  'words.fileRead': [
    ['x.txt', 1],
    ['x.txt', 12_345],
  ],
  'words.fileGot': [
    ['a.png', 'image', 'a.png'],
    ['a.mp4', 'video', 'b.mp4'],
    ['a.mp3', 'audio', 'a.mp3'],
  ],
  'words.voiceUsed': [
    ['script', 'voice-message.ogg'],
    ['message', 'voice-message.ogg'],
    ['music', 'voice-message.ogg'],
  ],
  'words.refusedVoice': [['voice-message.ogg']],
  'words.refusedLongVoice': [['voice-message.ogg', 10]],
  'words.refusedSilent': [['voice-message.ogg']],
  'words.fileSame': [
    ['a.png', 'a.png'],
    ['a.png', 'b.png'],
  ],
  'words.lastWords': [['¿Qué tal?']],
  'words.videoReady': [
    ['https://x.test/1', '(10 s)'],
    [undefined, ''],
  ],
  'words.videoAgain': [['https://x.test/1', '']],
  'words.versions.name': [[2]],
  'words.versions.named': [['v2', '']],
  'words.versions.export': [['v2']],
  'words.versions.compare': [[1, 2]],
  'words.versions.title': [[1], [3]],
  'words.versions.entry': [['v2', '…', '(10 s)']],
  'words.versions.when': [[Date.UTC(2026, 0, 31, 12)]],
  'words.versions.more': [[1], [3]],
  'words.versions.hint': [['v1']],
  'words.versions.compared': [['v1', 'v2']],
  'words.versions.unknown': [['v9', 'v2']],
  'words.versions.notKept': [
    ['v1', 'https://x.test/1'],
    ['v1', undefined],
  ],
  'words.versions.again': [['https://x.test/1', 'v1 (10 s)']],
  'words.versions.shapeStays': [
    [1, 'portrait'],
    [1, 'landscape'],
    [1, 'square'],
  ],
  'words.details': [
    [1080, 1920, 10.5],
    [undefined, undefined, undefined],
  ],
  'words.fileTooLarge': [
    [1.5 * 1024 * MB, 25 * MB],
    [undefined, 25 * MB],
  ],
  'words.planLink': [url],
  'words.batchVideos': [[[entry]], [[entry, entry]]],
  ...Object.fromEntries(
    ['name', 'colours', 'intro', 'outro', 'voice', 'music', 'logo'].map((it) => [
      `agent.brand.${it}`,
      [['Mar']],
    ]),
  ),
  'words.plan.brand': [['Mar']],
  'words.brand.fact': ['name', 'colours', 'intro', 'outro', 'voice', 'music'].map((it) => [
    it,
    'Mar',
  ]),
  'words.brand.logoRefused': [[MB / 2]],
  'words.admin.heading': [[true], [false]],
  'words.admin.standing': [
    [undefined],
    [{ at: 0, everywhere: true }],
    [{ at: 0, everywhere: false }],
  ],
  'words.admin.turns': [[0], [3]],
  'words.admin.turn': [[{ number: 1, thread: 'Mar', person: 'Ana', phase: GIVEN, ms: 200_000 }]],
  'words.admin.moreTurns': [[4]],
  'words.admin.people': [[[]], [[{ name: 'Ana', credits: 40 }]]],
  'words.admin.votes': [
    [1, 0],
    [12, 3],
  ],
  'words.admin.channels': [[[{ name: 'Mar', credits: 40 }]]],
  'words.admin.listed': ['channel', 'person'].flatMap((what) =>
    ['allowed', 'denied'].map((list) => [what, list, ['`1`', '`2`'], 3]),
  ),
  'words.admin.ruled': ['allow', 'deny', 'reset'].flatMap((ruling) =>
    ['channel', 'person'].map((what) => [ruling, what, '1']),
  ),
  'words.admin.button.stop': [[2]],
  'agent.plan.leftOut': [
    [[{ number: 2, words: 'Sal' }]],
    [
      [
        { number: 2, words: 'Sal' },
        { number: 4, words: 'Mar' },
      ],
    ],
  ],
  'agent.plan.seconds': [[30]],
  'agent.plan.shape': [['portrait'], ['4:5']],
  'agent.plan.music': [[false], ['Lo-fi']],
  'agent.plan.title': [[false], ['Mar']],
  'agent.plan.added': [[GIVEN]],
  'words.plan.heading': [
    ['edit', 1],
    ['video', 1],
    ['video', 4],
  ],
  'words.plan.scenes': [[1], [3]],
  'words.plan.videos': [[4]],
  'words.plan.more': [[5]],
  'words.plan.length': [[30], [90]],
  'words.plan.shape': [['portrait'], ['landscape'], ['square'], ['4:5']],
  'words.plan.music': [[false], ['Lo-fi']],
  'words.plan.title': [[false], ['Mar']],
  'words.plan.file': FILE_USES.map((use) => ['a.png', use]),
  'words.plan.moreFiles': [[1], [3]],
  'words.plan.added': [[['Lo-fi', 'Mar']]],
  'words.plan.open': [[['seconds', 'shape', 'music', 'title']], [['title']]],
  'words.plan.cost': [
    [96, 3],
    [1_096, 12],
  ],
  'words.plan.balance': [[12_345]],
  'words.plan.adminsOnly': [[0], [2]],
  'words.accounts.pays': [['operator'], ['workspace'], ['person']],
  'words.accounts.paysHere': [
    ['operator', false],
    ['workspace', false],
    ['person', true],
    ['person', false],
  ],
  'words.accounts.connected': [
    ['workspace', '…1234'],
    ['person', '…1234'],
  ],
  'words.accounts.done': [
    ['workspace', '1234', 1],
    ['person', '1234', 1_200],
  ],
  'words.accounts.left': [['workspace'], ['person']],
  'words.accounts.none': [['workspace'], ['person']],
  'words.accounts.disconnected': [['workspace'], ['person']],
  'words.batchEntry': [[entry]],
  'words.batchAbout': [[entry]],
  'words.batchStage': [[entry, '✅']],
  'words.batchDone': [[3]],
  'words.batchPartly': [
    [1, 3],
    [2, 3],
  ],
  'words.batchLate': [names],
  'words.batchLeft': [names],
  'words.batchGoesOn': [['a.png']],
  'words.editorLink': [url],
  'words.inProject': [
    ['Té', 'https://x.test/1'],
    ['Té', undefined],
  ],
  'words.commandDone': [['export'], ['new'], ['stop']],
  'words.credits': [[{ available: 12_345, frozen: 1, total: 12_346 }]],
  'words.creditsLink': [
    ['https://x.test/1', true],
    ['https://x.test/1', false],
  ],
  'words.topUpLink': [url],
  'words.budgets.state': budgetsShown,
  'words.budgets.warning': budgetsShown,
  'words.budgets.usedUp': budgetsShown.map(([shown], index) => [
    { ...shown, zone: 'UTC', named: index % 3 },
  ]),
  'words.quotaTooSmall': [
    [3, 1, 'UTC'],
    [3, 2, 'UTC'],
  ],
  'words.quotaUsed': [
    [1, 'UTC'],
    [3, 'UTC'],
  ],
  'words.exportsUsed': [
    [1, 'UTC'],
    [3, 'UTC'],
  ],
  'words.profileNow': [['x', 'TXT', 500 * MB, 'x, y']],
  'words.profileChosen': [['x']],
  'words.profileUnknown': [['z', 'x, y']],
  'words.queueFull': [[1], [25]],
  'words.tryExample': [[1]],
  'words.help': [
    [
      {
        title: 'Perfil',
        greeting: 'Hola.',
        examples: ['uno', 'dos', 'tres'],
        tip: 'corto',
        kinds: 'TXT',
        limit: 500 * MB,
        notes: [],
      },
    ],
  ],
  'agent.separate': [[entry]],
  'agent.forAll': [[3, '…']],
  'agent.missing': [['a.heic, b.bin']],
  'agent.voice.script': [['voice-message.wav']],
  'agent.voice.message': [['voice-message.wav']],
  'agent.voice.music': [['voice-message.wav']],
  'agent.file': [[{ name: 'a.png', kind: 'image', aliases: ['b.png'], address: 'https://x.test' }]],
  ...Object.fromEntries(
    ['ratio', 'length', 'language', 'voice', 'music', 'style'].map((name) => [
      `page.wishes.said.${name}`,
      [['…']],
    ]),
  ),
  'slack.wish': [
    [
      {
        ratio: '9:16',
        length: '30',
        language: 'Español',
        voice: 'una voz tranquila',
        music: 'piano',
        style: 'acuarela',
      },
    ],
    [{ length: '30' }],
  ],
  'words.about.links': [
    [{ support: url[0], privacy: url[0], terms: url[0] }],
    [{ privacy: url[0] }],
  ],
  'slack.install.done': [['Acme'], [undefined]],
  'slack.install.steps': [commands],
  'slack.install.welcome': [[['…', '…']]],
  'slack.started': [['U1']],
  'slack.begun': [['https://x.test/1'], [undefined]],
  'slack.noSuchWord': [['foo', ...commands]],
  'slack.commands': [commands],
  'discord.hintNoContent': [['1']],
  'discord.joined': [['1']],
  'discord.missing': [['1', ['Send Messages']]],
  'discord.directClosed': [['1']],
  'discord.startedBy': [['1', '…']],
  'discord.changeAsked': [['1', '…']],
  'discord.goesOnIn': [['1']],
  'discord.ratio': [['9:16']],
  'discord.length': [[30]],
  'discord.language': [['Español']],
  'discord.voice': [['una voz tranquila']],
  'discord.music': [['piano']],
  'discord.style': [['acuarela']],
  'page.downloadFile': [['a.png']],
  'page.openImage': [['a.png']],
  'page.remove': [['a.png']],
  'page.uploading': [['a.png']],
  'page.tooManyFiles': [[10]],
  'page.fileTooLarge': [['a.png', '500 MB']],
  'signIn.wait': [[1], [5]],
};
