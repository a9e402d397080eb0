/** How each reader of text is given a hostile one. Every place that a person, a file or the agent can fill is filled. */

import { LRUCache } from 'lru-cache';
import { abridged, readable } from '../../src/conversation/abridge.ts';
import { orderIn } from '../../src/conversation/admin/orders.ts';
import { arrivalOf } from '../../src/conversation/arrival.ts';
import { listVideos, orderOf, videosIn } from '../../src/conversation/batch/batch.ts';
import { pointsByName, pointsByNumber } from '../../src/conversation/batch/batch-points.ts';
import * as wishes from '../../src/conversation/batch/batch-wishes.ts';
import { splitBatch } from '../../src/conversation/batch/split-batch.ts';
import { brandOrderIn } from '../../src/conversation/brand/answer-brand.ts';
import { changedBrand } from '../../src/conversation/brand/brand-kit.ts';
import { brandLength, brandWords, refusesBrand } from '../../src/conversation/brand/join-brand.ts';
import * as captionFiles from '../../src/conversation/captions/caption-files.ts';
import { captionsOf } from '../../src/conversation/captions/captions-of.ts';
import { inStep } from '../../src/conversation/captions/match-script.ts';
import { profileNamed } from '../../src/conversation/channel-profiles.ts';
import { composeAnswer } from '../../src/conversation/compose-answer.ts';
import { readAsked, subjectIn } from '../../src/conversation/data/asked.ts';
import { readVote } from '../../src/conversation/feedback/take-feedback.ts';
import { exportAs } from '../../src/conversation/interaction.ts';
import { jobIn, readJob, writeJob } from '../../src/conversation/job.ts';
import * as courtesy from '../../src/conversation/language/courtesy.ts';
import * as guiPhrases from '../../src/conversation/language/gui-phrases.ts';
import { translateGuiTalk } from '../../src/conversation/language/gui-talk.ts';
import { simplified } from '../../src/conversation/language/han-fold.ts';
import {
  cleanText,
  intentOf,
  localeOfCommand,
  normalised,
} from '../../src/conversation/language/intent.ts';
import { languageOf } from '../../src/conversation/language/language.ts';
import { latinLanguage } from '../../src/conversation/language/latin-language.ts';
import { pointsAtMaterial } from '../../src/conversation/language/points-at-material.ts';
import { blankQuotes } from '../../src/conversation/language/quotes.ts';
import { localeOfJob } from '../../src/conversation/language/reply-language.ts';
import { nameInText, shownName } from '../../src/conversation/language/shown-name.ts';
import { dropTemporaryIssue } from '../../src/conversation/language/temporary-issue.ts';
import { tipFor } from '../../src/conversation/language/tips.ts';
import { unsupportedWishes } from '../../src/conversation/language/unsupported-wishes.ts';
import { readingOf, wantsAnswer, whomFor } from '../../src/conversation/language/whom-for.ts';
import { classify } from '../../src/conversation/material/classify-file.ts';
import { condense } from '../../src/conversation/material/condense.ts';
import * as linkKind from '../../src/conversation/material/links/link-kind.ts';
import {
  isOnlyPointing,
  materialLinks,
} from '../../src/conversation/material/links/material-links.ts';
import { agentMessage } from '../../src/conversation/material/media-request.ts';
import { mediaEndingSeenIn } from '../../src/conversation/material/media-signature.ts';
import { isOtherEnding } from '../../src/conversation/material/other-endings.ts';
import { fitIn, fitted, lengthOf } from '../../src/conversation/material/script-length.ts';
import { suggestedFormat } from '../../src/conversation/material/suggested-format.ts';
import { uniqueName } from '../../src/conversation/material/unique-name.ts';
import * as voice from '../../src/conversation/material/voice.ts';
import { readNotes, writeNotes } from '../../src/conversation/notes.ts';
import { decisionsOf, plannedFile } from '../../src/conversation/plan/decisions.ts';
import type { Plan } from '../../src/conversation/plan/plan.ts';
import { closedCard } from '../../src/conversation/plan/plan-card.ts';
import { answerToPlan, planWish } from '../../src/conversation/plan/plan-words.ts';
import { changedBy, saysOnlyWishes, wishesIn } from '../../src/conversation/plan/read-wishes.ts';
import { scenesOf } from '../../src/conversation/plan/scenes.ts';
import { promptButtons, readOffer, shapeNamed } from '../../src/conversation/prompts/buttons.ts';
import { takeNextSteps } from '../../src/conversation/prompts/next-steps.ts';
import { readCut, writeCut } from '../../src/conversation/render/kept-cut.ts';
import { elsewhere, redacted } from '../../src/conversation/say.ts';
import { chartOf } from '../../src/conversation/timeline/chart-of.ts';
import { formatTimeline, timelineText } from '../../src/conversation/timeline/format-timeline.ts';
import { marksOf } from '../../src/conversation/timeline/marks.ts';
import { readSnapshot, snapshotOf } from '../../src/conversation/timeline/snapshot.ts';
import { summary } from '../../src/conversation/timeline/summary.ts';
import { diffTimelines } from '../../src/conversation/timeline/timeline-diff.ts';
import { pathFrom } from '../../src/documents/archive/parts.ts';
import { unzip } from '../../src/documents/archive/zip-guard.ts';
import { contentOf } from '../../src/documents/content-kind.ts';
import { extensionOf } from '../../src/documents/document.ts';
import { isDocumentEnding, isDocumentType } from '../../src/documents/document-kinds.ts';
import { textOfHtml } from '../../src/documents/docx/html-to-markdown.ts';
import { preparedMarkup } from '../../src/documents/docx/markup.ts';
import { writePage } from '../../src/documents/html/read-html.ts';
import { walkHtml } from '../../src/documents/html/walk-html.ts';
import { readWebArchive } from '../../src/documents/html/web-archive.ts';
import { createOutline, withoutNumbering } from '../../src/documents/markup/outline.ts';
import { parseXml } from '../../src/documents/markup/xml.ts';
import * as bidi from '../../src/documents/pdf/bidi.ts';
import { fragmentsOf, linesOf } from '../../src/documents/pdf/lines.ts';
import { paragraphsOf } from '../../src/documents/pdf/paragraphs.ts';
import { withoutRunningHeaders } from '../../src/documents/pdf/running-headers.ts';
import { readRtf } from '../../src/documents/rtf/read-rtf.ts';
import { shownNumber } from '../../src/documents/spreadsheet/number-formats.ts';
import { parseCsv } from '../../src/documents/spreadsheet/parse-csv.ts';
import { textOfSheets } from '../../src/documents/spreadsheet/shot-list.ts';
import * as subtitles from '../../src/documents/subtitles/read-subtitles.ts';
import { writeSrt, writeVtt } from '../../src/documents/subtitles/write-subtitles.ts';
import { decodeText } from '../../src/documents/text/decode-text.ts';
import { withoutFountainNotes } from '../../src/documents/text/fountain.ts';
import { legacyEncoding, lostCharacters } from '../../src/documents/text/legacy-encoding.ts';
import { familiarity, oddity } from '../../src/documents/text/plausible-text.ts';
import { countWords, tidyText, truncateText } from '../../src/documents/text/tidy-text.ts';
import { packetsOf } from '../../src/documents/voice/ogg-packets.ts';
import { opusToWave } from '../../src/documents/voice/opus-to-wave.ts';
import { changesInEnglish } from '../../src/locales/en/changes.ts';
import { en } from '../../src/locales/en/locale.ts';
import { changesInSpanish } from '../../src/locales/es/changes.ts';
import { localeFor } from '../../src/locales/locales.ts';
import { changesInChinese } from '../../src/locales/zh/changes.ts';
import { zh } from '../../src/locales/zh/locale.ts';
import { escapeMarkup, isEscapable, unescapeMarkup } from '../../src/markdown/escape.ts';
import { codeBlockAfter, fenceLines } from '../../src/markdown/fences.ts';
import { parseInline, safeUrl } from '../../src/markdown/inline.ts';
import { parseMarkdown } from '../../src/markdown/markdown.ts';
import { readFrame } from '../../src/nemo/agent-frame.ts';
import { adkEvents, looksLikeAdk } from '../../src/nemo/agent-frame-adk.ts';
import * as content from '../../src/nemo/draft-content.ts';
import { readDraftJson } from '../../src/nemo/draft-json.ts';
import { readDraftMarkup } from '../../src/nemo/draft-markup.ts';
import * as envelope from '../../src/nemo/envelope.ts';
import { detailOf, failureOf, retryAfterMs } from '../../src/nemo/error-from-reply.ts';
import * as exact from '../../src/nemo/exact-json.ts';
import { errorEvent, problem, wentWell } from '../../src/nemo/frame-outcome.ts';
import { isBlank, isHollow } from '../../src/nemo/is-blank.ts';
import * as fields from '../../src/nemo/json-fields.ts';
import { draftOfText, textOfDraft } from '../../src/nemo/kept-draft.ts';
import { isTrialUser, registrationLink } from '../../src/nemo/links.ts';
import { markupPieces } from '../../src/nemo/markup.ts';
import {
  mediaEndingOf,
  mediaEndingOfType,
  mediaKindOf,
  nameWithEnding,
} from '../../src/nemo/media-kinds.ts';
import { mediaNames } from '../../src/nemo/media-names.ts';
import { escapeName } from '../../src/nemo/multipart.ts';
import { readQuestion } from '../../src/nemo/question.ts';
import { readDraft } from '../../src/nemo/read-draft.ts';
import { sessionStateOf } from '../../src/nemo/session-state.ts';
import { hashOf, hashOfParts } from '../../src/nemo/state-hash.ts';
import * as assembly from '../../src/nemo/text-assembly.ts';
import { tracksOf } from '../../src/nemo/timeline.ts';
import { draw } from '../../src/pictures/draw.ts';
import { openFonts } from '../../src/pictures/fonts.ts';
import * as pictureParts from '../../src/pictures/parts.ts';
import { markup as pictureMarkup, shape } from '../../src/pictures/shape.ts';
import * as textWidth from '../../src/pictures/text-width.ts';
import type { IncomingMessage, ThreadRef } from '../../src/platforms/chat.ts';
import { callsOf as discordCalls } from '../../src/platforms/discord/calls.ts';
import {
  brandOf,
  deskOrderOf,
  optionOf,
  wishesOf,
} from '../../src/platforms/discord/command-options.ts';
import { commandNamed } from '../../src/platforms/discord/commands.ts';
import { createThread } from '../../src/platforms/discord/create-thread.ts';
import * as ids from '../../src/platforms/discord/custom-ids.ts';
import { changeModal, filledIn, isTicked, keptWishes } from '../../src/platforms/discord/forms.ts';
import { messageIn as discordMessageIn } from '../../src/platforms/discord/links.ts';
import { partsOf } from '../../src/platforms/discord/message-parts.ts';
import * as wording from '../../src/platforms/discord/message-text.ts';
import * as tokens from '../../src/platforms/discord/message-tokens.ts';
import { messageShape } from '../../src/platforms/discord/payloads.ts';
import { render as renderForDiscord } from '../../src/platforms/discord/render-message.ts';
import { showAddresses } from '../../src/platforms/shared/show-addresses.ts';
import { splitText } from '../../src/platforms/shared/split-text.ts';
import { wishIn } from '../../src/platforms/shared/wishes.ts';
import { callsOf as slackCalls } from '../../src/platforms/slack/calls.ts';
import * as clipWords from '../../src/platforms/slack/clip-words.ts';
import * as fileKind from '../../src/platforms/slack/file-kind.ts';
import * as lenient from '../../src/platforms/slack/lenient-json.ts';
import { messageIn as slackMessageIn } from '../../src/platforms/slack/links.ts';
import { mentionedPeople, mentions, unescapeText } from '../../src/platforms/slack/message-text.ts';
import * as slackMessage from '../../src/platforms/slack/payloads.ts';
import { inPlainerForms } from '../../src/platforms/slack/plainer-forms.ts';
import { hungOn } from '../../src/platforms/slack/read-attachments.ts';
import { blockWords } from '../../src/platforms/slack/read-blocks.ts';
import { readMessage } from '../../src/platforms/slack/read-message.ts';
import * as rich from '../../src/platforms/slack/read-rich-text.ts';
import * as blocks from '../../src/platforms/slack/render-message.ts';
import { nothingIn } from '../../src/platforms/slack/shortcuts.ts';
import { cleanName, kindOf, servedAs } from '../../src/platforms/web/file-kind.ts';
import { completions, readTyped } from '../../src/platforms/web/page/commands.ts';
import { attachmentOf } from '../../src/platforms/web/receive.ts';
import { rangeOf } from '../../src/platforms/web/serve-file.ts';
import * as stored from '../../src/platforms/web/stored-message.ts';
import { titleOf } from '../../src/platforms/web/thread-title.ts';
import { isId } from '../../src/platforms/web/wire.ts';
import { idsIn, readRecording, targetOf } from '../../src/recording/exchange.ts';
import { createPlaceholders } from '../../src/recording/placeholders.ts';
import { frameReader } from '../../src/recording/read-frames.ts';
import { toMessageId, toTurnId } from '../../src/runtime/ids.ts';
import { createRedact } from '../../src/runtime/redact.ts';

/** What a reader is given is made of each text once: whoever makes it is fed, too. */
function once<T extends object>(make: (text: string) => T): (text: string) => T {
  const made = new LRUCache<string, T>({ max: 300 });
  return (text) => {
    const found = made.get(text) ?? make(text);
    made.set(text, found);
    return found;
  };
}

const thread: ThreadRef = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1.1' };
const file = (name: string) => ({ id: 'F1', name, mime: name, bytes: 1, locator: {} });
const namedFiles = (...names: string[]) => names.map((name) => ({ name }));
const message = (text: string, files = [file(text), file(`${text}.png`)]): IncomingMessage => ({
  key: 'k',
  thread,
  author: { id: 'U1', name: text },
  text,
  attachments: files,
  quoted: { text, attachments: files },
  sentAt: 0,
});
const sentNotes = (baseline: string) => ({ phase: 'sending', sent: { at: 1, baseline } }) as const;
const job = (text: string) => ({ task: { type: 'request' }, message: message(text) }) as const;

/** Of many lines each is an element of a draft, so that floods of elements are among the shapes. */
const pieces = (text: string): string[] => [text, ...text.split('\n').slice(0, 1_000)];
const parts = (text: string) => ({
  draft: {
    t: pieces(text).map((name) => ({
      tt: 7,
      m: { title: name },
      sg: [{ d: 1, m: { text: name } }],
    })),
    m: { title: text },
  },
  canvas: { ratio: text },
  videoInfos: pieces(text).map((filename) => ({ filename })),
  generatedMedia: { a: { url: `https://a.b/${text}` } },
});
const state = once((text) => sessionStateOf(parts(text)));
/** The same elements as markup, once with hostile words and once as hostile markup. */
const markup = (text: string): string =>
  `<draft title="${text}">${pieces(text)
    .map((it) => `<track type="text"><clip in="0" out="${it}"><p>${it}</p></clip></track>`)
    .join('')}</draft>`;
const drafts = (text: string) => [text, markup(text), `<draft><track><clip ${text}`];
const snapshot = once((text) => snapshotOf(state(text)));
const empty = snapshotOf(undefined);
const changes = once((text) => diffTimelines(empty, snapshot(text)));

const cues = (text: string) =>
  pieces(text).map((it, at) => ({ start: at * 10, end: at * 10 + 9, text: it }));

const script = (text: string) => ({ text, quoted: text, documents: [{ name: text, text }] });
const bytes = (text: string) => new TextEncoder().encode(text);
/** The words of a page of PDF, one below the other. */
const words = (text: string) =>
  pieces(text).map((it, row) => ({
    text: it,
    x: 0,
    right: it.length,
    y: 12 * row,
    size: 12,
    cells: 1,
  }));
const besides = (text: string) =>
  words(text).map((word, at) => ({ ...word, y: 0, x: 99 * at, right: 99 * at + 90 }));
/** What is left of a text in an address. */
const addressOf = (text: string): string =>
  `https://a.test/${encodeURIComponent(text)}/${text.length}`;
/** Numbers as some servers write them: one digit too many for a number. */
const json = (text: string): string => JSON.stringify({ text, n: 1.5, list: pieces(text) });
const adk = (text: string) => ({
  author: text,
  branch: text,
  content: {
    role: text,
    parts: pieces(text).map((it) => ({ text: it, functionCall: { name: it, args: it } })),
  },
  errorCode: text,
  errorMessage: text,
});
const said = (text: string) =>
  ({ type: 'text', source: text.slice(0, 9), text, partial: true, final: false }) as const;
/** A stream in as many pieces as there are lines or, without lines, in pieces of some characters. */
const tell = (text: string): assembly.Assembly => {
  const chunks = pieces(text).length > 2 ? pieces(text) : (text.match(/[\s\S]{1,20}/g) ?? []);
  return chunks.reduce(
    (so, it) => assembly.assemble(so, { ...said(it), source: 'a' }),
    assembly.emptyAssembly,
  );
};
const told = once(tell);
const interaction = (text: string) => ({
  id: '1',
  application_id: '1',
  type: 2,
  token: 't',
  data: {
    options: [
      { name: 'ratio', value: text },
      { name: 'length', value: text },
    ],
    components: [{ component: { custom_id: 'text', value: text } }],
  },
});
const discordBody = (text: string) => ({
  mentions: pieces(text)
    .slice(0, 100)
    .map((name) => ({ id: '1', username: name })),
  content: text,
  flags: 8192,
  attachments: [{ id: '1', filename: text, title: text, size: 1, url: text, content_type: text }],
  embeds: [
    {
      title: text,
      description: text,
      url: text,
      author: { name: text },
      fields: pieces(text).map((value) => ({ name: value, value })),
    },
  ],
  components: [{ type: 17, components: [{ type: 10, content: text }] }],
  sticker_items: [{ name: text }],
  poll: { question: { text }, answers: pieces(text).map((it) => ({ poll_media: { text: it } })) },
});
const discordMessage = (text: string) => ({
  ...discordBody(text),
  id: '1',
  channel_id: '1',
  type: 0,
  author: { id: '1', username: text, global_name: text, bot: true },
  mention_roles: [],
  message_snapshots: [{ message: discordBody(text) }],
});
const discordNames = (text: string): tokens.KnownNames => ({
  us: '2',
  ourRole: '3',
  channel: () => text,
  role: () => text,
});
const slackFile = (text: string): slackMessage.SlackFile => ({
  id: 'F1',
  name: text,
  title: text,
  mode: 'snippet',
  mimetype: text,
  subtype: 'slack_audio',
  subject: text,
  external_url: text,
  url_private: text,
  transcription: { status: 'complete', preview: { content: text, has_more: false } },
});
const slackBlocks = (text: string) => [
  { type: 'header', text: { type: 'plain_text', text } },
  {
    type: 'rich_text',
    elements: pieces(text).map((it) => ({
      type: 'rich_text_list',
      style: 'ordered',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: it }] }],
    })),
  },
  { type: 'table', rows: pieces(text).map((it) => [{ type: 'raw_text', text: it }]) },
  { type: text, text: { type: 'mrkdwn', text } },
];
const slackMessageOf = (text: string): slackMessage.SlackMessage => ({
  ts: '1',
  text,
  files: [slackFile(text)],
  blocks: slackBlocks(text),
  attachments: [
    {
      is_share: true,
      author_name: text,
      channel_name: text,
      text,
      message_blocks: [{ message: { blocks: slackBlocks(text) } }],
    },
    { pretext: text, title: text, title_link: text, fields: [{ title: text, value: text }] },
    { fallback: text },
  ],
});
/** One of each kind that its name, its mode or its address decides. */
const slackKinds = (text: string, read: (one: slackMessage.SlackFile) => unknown) =>
  ['snippet', 'quip', 'email', 'external', 'hosted', 'list'].map((mode) =>
    read({ ...slackFile(text), mode, filetype: text, subtype: undefined }),
  );
/** The same words twice, and words that only nearly are. */
const hostileMessages = (text: string): slackMessage.SlackMessage[] => [
  { ts: '1', text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `${text}x` } }] },
  { ts: '1', text: `${text}x`, blocks: [{ type: 'markdown', text }] },
];
const outgoing = (text: string) => ({
  text,
  mention: ['U1'],
  buttons: [{ label: text, does: { action: 'prompt', value: text } }] as const,
});
const rendered = once((text) => blocks.render(outgoing(text), thread));
const written = once((text) => stored.bodyOf(outgoing(text)));
const botRow = (text: string): stored.MessageRow => ({
  position: 1,
  id: '1',
  thread: '1',
  author: 'bot',
  body: written(text),
  private: 0,
  was_status: 0,
  deleted: 0,
  taken: 1,
  created_at: 1,
  seq: 1,
});
const names = { bot: 'U0BOT', people: new Map([['U1', 'Ann']]) };
const heard = (text: string) => ({
  texts: [text, ...pieces(text)],
  question: { title: text, questions: [{ prompt: text, options: pieces(text) }] },
  problems: [{ code: text, message: text }],
  toolsUsed: true,
  rawClip: true,
  end: 'complete' as const,
});
const answer = (text: string) =>
  composeAnswer({
    words: en.words,
    requester: 'U1',
    turn: toTurnId('t1'),
    said: text,
    before: empty,
    settled: { state: undefined, after: snapshot(text), changed: true },
    heard: heard(text),
    how: 'heard',
    wrong: [],
    tip: undefined,
    waiting: 1,
    entry: { number: 1, of: 2, name: text },
    textChars: 3_000,
  });

const planWith = (text: string): Plan => ({
  origins: [toTurnId('t')],
  kind: 'video',
  several: false,
  parts: pieces(text).map((it) => ({ text: it, out: true })),
  wishes: { music: text, title: text, shape: text },
  decided: ['music', 'title', 'shape'],
  added: [text],
  files: [{ name: text, use: 'script' }],
  told: [text],
});

const discordThread = { platform: 'discord', workspace: '1', channel: '2', thread: '3' };

export const FEEDERS: Readonly<Record<string, (text: string) => unknown>> = {
  'conversation/abridge.ts#abridged': (text) => abridged([text, ...pieces(text)], 3_000),
  'conversation/abridge.ts#readable': (text) => readable([text, ...pieces(text)]),
  'conversation/compose-answer.ts#composeAnswer': answer,
  'conversation/say.ts#redacted': (text) => redacted({ text, buttons: [] }, (it) => it),
  'conversation/say.ts#elsewhere': (text) => elsewhere({ text }, en.words, text),
  'conversation/batch/split-batch.ts#splitBatch': (text) => [
    splitBatch({ text, files: namedFiles('a.png', `${text}.png`) }),
    splitBatch({ text, files: namedFiles('a.png', 'b.png'), each: true }),
    splitBatch({ text: text.slice(0, 6_000), files: namedFiles('a.png', 'b.png', 'c.mp3') }),
    splitBatch({
      text,
      files: [
        { name: text, mime: text },
        { name: text, voice: {} },
      ],
    }),
  ],
  'conversation/admin/orders.ts#orderIn': (text) => [
    orderIn(text, 'here'),
    orderIn(`deny channel ${text}`, text),
  ],
  'conversation/brand/answer-brand.ts#brandOrderIn': (text) => [
    brandOrderIn(text),
    brandOrderIn(`brand ${text}`),
    changedBrand({}, { name: text, colours: text, intro: text }),
  ],
  'conversation/brand/join-brand.ts#refusesBrand': refusesBrand,
  'conversation/brand/join-brand.ts#brandWords': (text) =>
    brandWords({ name: text, intro: text }, text, text),
  'conversation/brand/join-brand.ts#brandLength': (text) => brandLength({ outro: text }, text),
  'conversation/plan/plan-words.ts#planWish': planWish,
  'conversation/plan/plan-words.ts#answerToPlan': answerToPlan,
  'conversation/plan/scenes.ts#scenesOf': (text) => [
    scenesOf(text),
    scenesOf(pieces(text).join('\n\n')),
    scenesOf(
      pieces(text)
        .map((it, at) => `${at + 1}. ${it}`)
        .join('\n'),
    ),
  ],
  'conversation/plan/read-wishes.ts#wishesIn': wishesIn,
  'conversation/plan/read-wishes.ts#saysOnlyWishes': saysOnlyWishes,
  'conversation/plan/read-wishes.ts#changedBy': (text) => changedBy(planWith(text), text),
  'conversation/plan/decisions.ts#decisionsOf': (text) => decisionsOf(planWith(text), 'en'),
  'conversation/plan/decisions.ts#plannedFile': (text) =>
    plannedFile({ id: 'f', name: text, locator: {} }, { line: text, said: text }),
  'conversation/plan/plan-card.ts#closedCard': (text) => closedCard(text, text),
  'conversation/batch/batch-points.ts#pointsByNumber': (text) => pointsByNumber(text, 3),
  'conversation/batch/batch-points.ts#pointsByName': (text) =>
    pointsByName(text, ['a.png', 'b.png']),
  'conversation/batch/batch-wishes.ts#wantsMany': (text) => wishes.wantsMany(text, 3),
  'conversation/batch/batch-wishes.ts#deniesMany': wishes.deniesMany,
  'conversation/batch/batch-wishes.ts#wantsOne': wishes.wantsOne,
  'conversation/batch/batch-wishes.ts#listsSteps': wishes.listsSteps,
  'conversation/batch/batch-wishes.ts#placesThings': (text) =>
    wishes.placesThings(pieces(text).map((instruction) => ({ instruction }))),
  'conversation/batch/batch-wishes.ts#showsThem': wishes.showsThem,
  'conversation/batch/batch.ts#listVideos': (text) => listVideos(message(text)),
  'conversation/batch/batch.ts#orderOf': (text) =>
    listVideos(message(text)).map((planned) => orderOf(message(text), planned)),
  'conversation/batch/batch.ts#videosIn': (text) => videosIn(message(text)),
  'conversation/channel-profiles.ts#profileNamed': profileNamed,
  'conversation/job.ts#writeJob': (text) => writeJob(job(text)),
  'conversation/job.ts#readJob': (text) => readJob(writeJob(job(text))),
  'conversation/job.ts#jobIn': (text) => jobIn(writeJob(job(text))),
  'conversation/notes.ts#readNotes': (text) => [
    readNotes(JSON.stringify({ baseline: text, sentAt: 1 }), 'sending'),
    readNotes(writeNotes(sentNotes(text)), 'sending'),
  ],
  'conversation/notes.ts#writeNotes': (text) => writeNotes(sentNotes(text)),
  'conversation/language/gui-phrases.ts#instructionIn': (text) =>
    guiPhrases.instructionIn(text, text),
  'conversation/language/gui-phrases.ts#leadsOn': guiPhrases.leadsOn,
  'conversation/language/gui-phrases.ts#goesOn': guiPhrases.goesOn,
  'conversation/language/latin-language.ts#latinLanguage': latinLanguage,
  'conversation/language/gui-talk.ts#translateGuiTalk': translateGuiTalk,
  'conversation/language/han-fold.ts#simplified': simplified,
  'conversation/interaction.ts#exportAs': exportAs,
  'conversation/arrival.ts#arrivalOf': (text) =>
    arrivalOf(message(text), { task: { type: 'request' }, weight: 1 }),
  'conversation/language/courtesy.ts#courtesyOf': courtesy.courtesyOf,
  'conversation/language/courtesy.ts#isGreeting': courtesy.isGreeting,
  'conversation/language/courtesy.ts#afterCourtesy': courtesy.afterCourtesy,
  'conversation/language/whom-for.ts#whomFor': (text) =>
    whomFor(text, { brings: false, calls: undefined, alone: false, asked: false }),
  'conversation/language/whom-for.ts#readingOf': (text) =>
    readingOf(text, { brings: false, asked: true }),
  'conversation/language/points-at-material.ts#pointsAtMaterial': (text) =>
    pointsAtMaterial(text, { hasVideo: text.length % 2 === 0 }),
  'conversation/language/whom-for.ts#wantsAnswer': wantsAnswer,
  'conversation/language/intent.ts#normalised': normalised,
  'conversation/language/intent.ts#intentOf': intentOf,
  'conversation/language/intent.ts#cleanText': cleanText,
  'conversation/language/intent.ts#localeOfCommand': localeOfCommand,
  'conversation/data/asked.ts#subjectIn': subjectIn,
  'conversation/data/asked.ts#readAsked': readAsked,
  'conversation/language/unsupported-wishes.ts#unsupportedWishes': unsupportedWishes,
  'conversation/language/language.ts#languageOf': (text) => languageOf(text),
  'conversation/language/quotes.ts#blankQuotes': blankQuotes,
  'conversation/language/reply-language.ts#localeOfJob': (text) =>
    localeOfJob(job(text), undefined),
  'conversation/language/temporary-issue.ts#dropTemporaryIssue': (text) =>
    dropTemporaryIssue(pieces(text)),
  'conversation/prompts/next-steps.ts#takeNextSteps': (text) => [
    takeNextSteps(text),
    takeNextSteps(`Next: ${text}`),
    takeNextSteps(`Next:\n- ${text}`),
  ],
  'conversation/feedback/take-feedback.ts#readVote': (text) => [
    readVote(text),
    readVote(`good.${text}`),
  ],
  'conversation/prompts/buttons.ts#promptButtons': (text) => promptButtons(toTurnId('1'), [text]),
  'conversation/prompts/buttons.ts#shapeNamed': shapeNamed,
  'conversation/prompts/buttons.ts#readOffer': (text) => [readOffer(text), readOffer(`1.${text}`)],
  'platforms/shared/wishes.ts#wishIn': wishIn,
  'platforms/discord/forms.ts#keptWishes': (text) =>
    keptWishes(`o.9-16.30.${text}`, { of: async () => text }),
  'conversation/language/tips.ts#tipFor': (text) => tipFor(text),
  'conversation/material/suggested-format.ts#suggestedFormat': suggestedFormat,
  'conversation/material/classify-file.ts#classify': (text) => classify({ name: text, mime: text }),
  'conversation/material/condense.ts#condense': (text) => condense(text, 500),
  'conversation/material/media-signature.ts#mediaEndingSeenIn': (text) =>
    mediaEndingSeenIn(bytes(text)),
  'conversation/material/other-endings.ts#isOtherEnding': isOtherEnding,
  'conversation/material/unique-name.ts#uniqueName': (text) => uniqueName(text, new Set([text])),
  'conversation/material/media-request.ts#agentMessage': (text) =>
    agentMessage({
      ...script(text),
      uploaded: pieces(text)
        .slice(0, 100)
        .map((name) => ({ name, sentAs: text.slice(0, 99), kind: 'image' })),
      separate: { number: 1, of: 2, forAll: text },
      language: text,
    }),
  'conversation/material/script-length.ts#lengthOf': (text) => lengthOf(script(text)),
  'conversation/material/script-length.ts#fitted': (text) => [
    fitted(script(text), 'gist'),
    fitted(script(text), 'first-part'),
  ],
  'conversation/material/script-length.ts#fitIn': fitIn,
  'conversation/timeline/format-timeline.ts#formatTimeline': (text) =>
    formatTimeline(snapshot(text).timeline, en.words.timelineLabels),
  'conversation/timeline/format-timeline.ts#timelineText': (text) =>
    timelineText(snapshot(text).timeline, en.words),
  'conversation/timeline/chart-of.ts#chartOf': (text) => {
    const { timeline } = state(text);
    const chart = chartOf(timeline, en.words, { name: text, marks: [] });
    return [chart && pictureMarkup(draw(chart)), chartOf(timeline, zh.words, {})];
  },
  'conversation/timeline/marks.ts#marksOf': (text) => marksOf(snapshot('a'), snapshot(text)),
  'conversation/captions/captions-of.ts#captionsOf': (text) => captionsOf(state(text).timeline),
  'conversation/captions/match-script.ts#inStep': (text) =>
    inStep(cues(text), {
      form: 'known',
      tracks: [
        {
          kind: 'video',
          segments: cues(text).map((it) => ({ name: it.text, start: it.start, end: it.end })),
        },
      ],
    }),
  'conversation/captions/caption-files.ts#srtFile': (text) =>
    captionFiles.srtFile(cues(text), { words: en.words, name: text }),
  'conversation/captions/caption-files.ts#vttFile': (text) =>
    captionFiles.vttFile(cues(text), { words: en.words, name: text }),
  'documents/subtitles/write-subtitles.ts#writeSrt': (text) => writeSrt(cues(text)),
  'documents/subtitles/write-subtitles.ts#writeVtt': (text) => writeVtt(cues(text)),
  'documents/subtitles/read-subtitles.ts#readCues': (text) =>
    subtitles.readCues(`[00:01–00:02] ${text}`),
  'pictures/parts.ts#words': (text) => pictureMarkup(pictureParts.words(text, 0, 0, 13, text)),
  'pictures/shape.ts#shape': (text) => pictureMarkup(shape('text', { fill: text }, text)),
  // The thread that draws looks for each of its signs in the fonts.
  'pictures/fonts.ts#openFonts': (text) => openFonts([])(text),
  'pictures/text-width.ts#textWidth': (text) => textWidth.textWidth(text, 13),
  'pictures/text-width.ts#fitted': (text) => [
    textWidth.fitted(text, 13, 500),
    textWidth.fitted(text, 13, 1e9),
  ],
  'pictures/text-width.ts#wrapped': (text) => textWidth.wrapped(text, 13, 300, 3),
  'conversation/language/shown-name.ts#shownName': (text) => shownName(text),
  'conversation/language/shown-name.ts#nameInText': nameInText,
  'platforms/shared/show-addresses.ts#showAddresses': showAddresses,
  'conversation/render/kept-cut.ts#writeCut': (text) => writeCut(state(text)),
  'conversation/render/kept-cut.ts#readCut': (text) => readCut(writeCut(state(text))),
  'nemo/kept-draft.ts#textOfDraft': textOfDraft,
  'nemo/kept-draft.ts#draftOfText': (text) => draftOfText(textOfDraft(state(text).draft)),
  'conversation/timeline/snapshot.ts#readSnapshot': (text) =>
    readSnapshot(JSON.stringify(snapshot(text))),
  'conversation/timeline/snapshot.ts#snapshotOf': (text) => snapshotOf(state(text)),
  'conversation/timeline/summary.ts#summary': (text) => summary(tracksOf(state(text).timeline)),
  'conversation/timeline/timeline-diff.ts#diffTimelines': (text) => [
    diffTimelines(empty, snapshot(text)),
    diffTimelines(snapshot(`a${text}`), snapshot(text)),
  ],
  'locales/en/changes.ts#changesInEnglish': (text) => changesInEnglish(changes(text)),
  'locales/es/changes.ts#changesInSpanish': (text) => changesInSpanish(changes(text)),
  'locales/zh/changes.ts#changesInChinese': (text) => changesInChinese(changes(text)),
  'documents/content-kind.ts#contentOf': (text) => contentOf(bytes(text), { name: 'a.txt' }),
  'documents/text/decode-text.ts#decodeText': (text) => [
    decodeText(bytes(text)),
    decodeText(Buffer.from(text, 'utf16le')),
    decodeText(Buffer.from(text, 'latin1')),
  ],
  'documents/voice/ogg-packets.ts#packetsOf': (text) => packetsOf(bytes(text)),
  'documents/voice/opus-to-wave.ts#opusToWave': (text) => opusToWave(bytes(text), 60),
  'documents/document-kinds.ts#isDocumentEnding': isDocumentEnding,
  'documents/document-kinds.ts#isDocumentType': isDocumentType,
  'documents/document.ts#extensionOf': extensionOf,
  'documents/markup/xml.ts#parseXml': (text) => [
    preparedMarkup(parseXml(bytes(`<a>${text}</a>`)), { diagram: () => [], chunk: () => '' }),
    parseXml(bytes(`<a b="${text}"/>`)),
  ],
  'documents/archive/parts.ts#pathFrom': (text) => pathFrom(text, text),
  'documents/rtf/read-rtf.ts#readRtf': (text) => [
    readRtf(bytes(`{\\rtf1 ${text}}`)),
    readRtf(bytes(`{\\rtf1 ${text.replace(/[{}]/g, '')}\\par}`)),
  ],
  'documents/spreadsheet/number-formats.ts#shownNumber': (text) => [
    shownNumber('1.5', text, false),
    shownNumber(text, 'h:mm', true),
  ],
  'documents/spreadsheet/parse-csv.ts#parseCsv': (text) => [
    textOfSheets([{ name: text, rows: parseCsv(text) }]),
    parseCsv(`"${text}`),
  ],
  'documents/text/fountain.ts#withoutFountainNotes': withoutFountainNotes,
  'documents/docx/html-to-markdown.ts#textOfHtml': (text) => [
    textOfHtml(text),
    textOfHtml(`<ul><li><p>${text}</p></li></ul>`),
  ],
  'documents/html/read-html.ts#writePage': (text) => {
    const outline = createOutline();
    writePage(text, outline);
    writePage(`<ul><li><p style="${text}">${text}`, outline);
    return outline.text();
  },
  'documents/html/walk-html.ts#walkHtml': (text) =>
    walkHtml(`<p>${text}`, { open: () => {}, close: () => {}, words: () => {} }),
  // The page in it is the reader's of pages: here once, and else what is decoded.
  'documents/html/web-archive.ts#readWebArchive': (text) =>
    [
      ['html', '8bit'],
      ['plain', 'base64'],
      ['plain', 'quoted-printable'],
    ].map(([type, encoding]) =>
      readWebArchive(
        bytes(`Content-Type: text/${type}\nContent-Transfer-Encoding: ${encoding}\n\n${text}`),
      ),
    ),
  'documents/markup/outline.ts#withoutNumbering': withoutNumbering,
  'documents/text/legacy-encoding.ts#legacyEncoding': (text) =>
    legacyEncoding(Buffer.from(text, 'latin1')),
  'documents/text/legacy-encoding.ts#lostCharacters': lostCharacters,
  'documents/pdf/bidi.ts#hasRightToLeft': bidi.hasRightToLeft,
  'documents/pdf/bidi.ts#isRightToLeft': bidi.isRightToLeft,
  'documents/pdf/bidi.ts#joinedLetters': (text) => bidi.joinedLetters(besides(text)),
  'documents/pdf/bidi.ts#spokenText': (text) => [
    bidi.spokenText(besides(text)),
    bidi.spokenText(besides(`שלום ${text}`)),
  ],
  'documents/pdf/running-headers.ts#withoutRunningHeaders': (text) =>
    withoutRunningHeaders([
      { height: 800, lines: words(text) },
      { height: 800, lines: words(text) },
    ]),
  'documents/pdf/lines.ts#fragmentsOf': (text) => fragmentsOf(besides(text)),
  'documents/pdf/lines.ts#linesOf': (text) => linesOf(besides(text)),
  'documents/pdf/paragraphs.ts#paragraphsOf': (text) => paragraphsOf([words(text), words(text)]),
  'documents/text/plausible-text.ts#familiarity': (text) => familiarity(text, true),
  'documents/text/plausible-text.ts#oddity': oddity,
  'documents/subtitles/read-subtitles.ts#subtitleFormat': subtitles.subtitleFormat,
  'documents/subtitles/read-subtitles.ts#parseSubtitles': (text) =>
    subtitles.parseSubtitles(`1\n00:00:01,000 --> 00:00:02,000\n${text}`),
  'documents/subtitles/read-subtitles.ts#writeCues': (text) =>
    subtitles.writeCues(pieces(text).map((it) => ({ start: 0, end: 1, text: it }))),
  'documents/subtitles/read-subtitles.ts#spokenWords': subtitles.spokenWords,
  'documents/text/tidy-text.ts#tidyText': tidyText,
  'documents/text/tidy-text.ts#truncateText': (text) => truncateText(text, text.length - 3),
  'documents/text/tidy-text.ts#countWords': countWords,
  'documents/archive/zip-guard.ts#unzip': (text) =>
    unzip(bytes(`PK${text}`), 1_000_000, () => true),
  'nemo/agent-frame.ts#readFrame': (text) => [
    readFrame(text),
    readFrame(json(text)),
    readFrame(`{"error": ${text}`),
    readFrame(JSON.stringify(adk(text))),
  ],
  'nemo/agent-frame-adk.ts#looksLikeAdk': (text) => looksLikeAdk(adk(text)),
  'nemo/agent-frame-adk.ts#adkEvents': (text) => adkEvents(adk(text)),
  'nemo/draft-content.ts#canvasIn': (text) => content.canvasIn([{ ratio: text, width: text }]),
  'nemo/draft-content.ts#volumeIn': (text) => content.volumeIn([{ volume: text }]),
  'nemo/draft-json.ts#readDraftJson': (text) => readDraftJson(parts(text).draft),
  'nemo/draft-markup.ts#readDraftMarkup': (text) => drafts(text).map(readDraftMarkup),
  'nemo/is-blank.ts#isBlank': isBlank,
  'nemo/is-blank.ts#isHollow': (text) => isHollow(JSON.parse(json(text))),
  'nemo/json-fields.ts#firstNumber': (text) => fields.firstNumber(pieces(text)),
  'nemo/json-fields.ts#firstText': (text) => fields.firstText(['', text]),
  'nemo/json-fields.ts#lastPathPart': (text) => [
    fields.lastPathPart(text),
    fields.lastPathPart(`asset://${text}`),
  ],
  'nemo/markup.ts#markupPieces': (text) => drafts(text).map((it) => [...markupPieces(it)].length),
  'nemo/media-names.ts#mediaNames': (text) => [
    mediaNames(parts(text).videoInfos),
    mediaNames(parts(text).generatedMedia),
  ],
  'nemo/read-draft.ts#readDraft': (text) => [
    drafts(text).map((it) => readDraft(it, text)),
    drafts(text).map((it) => readDraft({ main_template: it }, null)),
    readDraft(parts(text).draft, null),
  ],
  'nemo/session-state.ts#sessionStateOf': (text) => [
    sessionStateOf(parts(text)),
    sessionStateOf({ ...parts(text), draft: markup(text) }),
  ],
  'nemo/state-hash.ts#hashOf': (text) => [hashOf(text), hashOf(parts(text).draft)],
  'nemo/state-hash.ts#hashOfParts': (text) => hashOfParts([text, parts(text).draft]),
  'nemo/envelope.ts#openEnvelope': (text) =>
    envelope.openEnvelope({ code: text, message: text, data: text }),
  'nemo/envelope.ts#codeOf': envelope.codeOf,
  'nemo/envelope.ts#messageOf': (text) => envelope.messageOf({ message: text }),
  'nemo/exact-json.ts#parseExact': (text) => exact.parseExact(json(text)),
  'nemo/exact-json.ts#tryParseExact': (text) => [
    exact.tryParseExact(text),
    exact.tryParseExact(json(text)),
  ],
  'nemo/exact-json.ts#unpack': (text) => [exact.unpack(text), exact.unpack(json(text))],
  'nemo/exact-json.ts#stringifyExact': (text) => exact.stringifyExact(exact.parseExact(json(text))),
  'nemo/error-from-reply.ts#failureOf': (text) =>
    failureOf('upload', { status: 500, message: text }),
  'nemo/error-from-reply.ts#detailOf': (text) => detailOf({ status: 500, message: text }),
  'nemo/error-from-reply.ts#retryAfterMs': (text) => retryAfterMs(text, 0),
  'nemo/frame-outcome.ts#problem': (text) => problem(text, text),
  'nemo/frame-outcome.ts#errorEvent': (text) =>
    errorEvent({ error: { code: text, message: text } }),
  'nemo/frame-outcome.ts#wentWell': (text) => wentWell({ status: text }),
  'nemo/links.ts#isTrialUser': isTrialUser,
  'nemo/links.ts#registrationLink': (text) => registrationLink('https://a.b/', 'anonymous', text),
  'nemo/media-kinds.ts#mediaKindOf': mediaKindOf,
  'nemo/media-kinds.ts#mediaEndingOf': mediaEndingOf,
  'nemo/media-kinds.ts#mediaEndingOfType': mediaEndingOfType,
  'nemo/media-kinds.ts#nameWithEnding': (text) => nameWithEnding(text, 'jpg'),
  'nemo/multipart.ts#escapeName': escapeName,
  'nemo/question.ts#readQuestion': (text) => readQuestion('ask_question', heard(text).question),
  'nemo/text-assembly.ts#assemble': tell,
  'nemo/text-assembly.ts#endOfStream': (text) => assembly.endOfStream(told(text)),
  'nemo/text-assembly.ts#committed': (text) => assembly.committed(assembly.endOfStream(told(text))),
  'nemo/text-assembly.ts#preview': (text) => assembly.preview(told(text)),
  'platforms/discord/commands.ts#commandNamed': commandNamed,
  'platforms/discord/create-thread.ts#createThread': (text) =>
    createThread(async () => ({}), discordThread, text, '1'),
  'platforms/discord/custom-ids.ts#readCustomId': (text) => [
    ids.readCustomId(text),
    ids.readCustomId(`v1:export:${text}`),
  ],
  'platforms/discord/custom-ids.ts#claimOf': ids.claimOf,
  'platforms/discord/custom-ids.ts#storeIn': ids.storeIn,
  'conversation/material/links/material-links.ts#materialLinks': (text) => [
    materialLinks(text),
    materialLinks(`${text.slice(0, 200)} https://a.test/${text.slice(0, 7_000)}`),
  ],
  'conversation/material/links/material-links.ts#isOnlyPointing': isOnlyPointing,
  'conversation/material/links/link-kind.ts#kindOfLink': (text) =>
    linkKind.kindOfLink(addressOf(text)),
  'conversation/material/links/link-kind.ts#hostOf': (text) => linkKind.hostOf(addressOf(text)),
  'conversation/material/links/link-kind.ts#nameOf': (text) => linkKind.nameOf(addressOf(text)),
  'platforms/discord/links.ts#messageIn': (text) =>
    discordMessageIn(`https://discord.com/channels/${encodeURIComponent(text)}`),
  'platforms/slack/links.ts#messageIn': (text) =>
    slackMessageIn(`https://a.slack.com/archives/${encodeURIComponent(text)}`),
  'platforms/discord/custom-ids.ts#readMessageId': (text) => ids.readMessageId(toMessageId(text)),
  'platforms/discord/custom-ids.ts#valueKey': ids.valueKey,
  'platforms/discord/forms.ts#changeModal': (text) =>
    changeModal({ claimed: discordThread }, en.discord, text),
  'platforms/discord/forms.ts#isTicked': (text) => isTicked(interaction(text), text),
  'platforms/discord/forms.ts#filledIn': (text) => filledIn(interaction(text)),
  'platforms/discord/command-options.ts#brandOf': (text) => brandOf(interaction(text)),
  'platforms/discord/command-options.ts#deskOrderOf': (text) => deskOrderOf(interaction(text)),
  'platforms/discord/command-options.ts#optionOf': (text) => optionOf(interaction(text), text),
  'platforms/discord/command-options.ts#wishesOf': (text) => wishesOf(interaction(text)),
  'platforms/discord/render-message.ts#render': (text) =>
    renderForDiscord(outgoing(text), undefined),
  'conversation/material/voice.ts#voiceUseIn': (text) => voice.voiceUseIn(text, false),
  'conversation/material/voice.ts#useOf': (text) =>
    voice.useOf(
      { id: '1', name: text, mime: text, voice: { transcript: text }, locator: {} },
      'script',
    ),
  'conversation/material/voice.ts#waveName': voice.waveName,
  'platforms/discord/calls.ts#callsOf': (text) =>
    discordCalls(messageShape.parse(discordMessage(text)), false),
  'platforms/slack/calls.ts#callsOf': (text) => slackCalls(text, false),
  'platforms/discord/message-text.ts#readableText': (text) =>
    wording.readableText(discordMessage(text), discordNames(text)),
  'platforms/discord/message-text.ts#materialOf': (text) =>
    wording.materialOf(discordMessage(text), discordNames(text)),
  'platforms/discord/message-parts.ts#partsOf': (text) => partsOf(discordBody(text), true),
  'platforms/discord/message-tokens.ts#wordsOfTokens': (text) =>
    tokens.wordsOfTokens(text, discordBody(text).mentions, discordNames(text)),
  'platforms/discord/message-text.ts#attachmentOf': (text) =>
    wording.attachmentOf({ id: '1', filename: text, size: 1, url: text }),
  'platforms/slack/render-message.ts#render': (text) => blocks.render(outgoing(text), thread),
  'platforms/slack/render-message.ts#renderPlain': (text) => rendered(text).map(blocks.renderPlain),
  'platforms/slack/plainer-forms.ts#inPlainerForms': (text) =>
    rendered(text).map((part) => inPlainerForms(part, async (form) => form(part))),
  'platforms/slack/render-message.ts#escapeText': blocks.escapeText,
  'platforms/slack/render-message.ts#defuse': blocks.defuse,
  'platforms/slack/render-message.ts#actionOf': blocks.actionOf,
  'platforms/slack/render-message.ts#threadOfRow': blocks.threadOfRow,
  'platforms/slack/payloads.ts#readMessageEnvelope': (text) =>
    slackMessage.readMessageEnvelope({ type: 'event_callback', event: { type: 'message', text } }),
  'platforms/slack/payloads.ts#readChangeEnvelope': (text) =>
    slackMessage.readChangeEnvelope({
      type: 'event_callback',
      event: {
        type: 'message',
        subtype: 'message_changed',
        channel: 'C1',
        message: { ts: '1', text },
      },
    }),
  'platforms/slack/payloads.ts#isTombstone': (text) =>
    slackMessage.isTombstone({ ts: '1', text, subtype: text }),
  'platforms/slack/payloads.ts#isSpoken': (text) =>
    slackMessage.isSpoken({ ts: '1', text, user: text }, 'U0BOT'),
  'platforms/slack/read-message.ts#readMessage': (text) =>
    [slackMessageOf(text), ...hostileMessages(text)].map((message) =>
      readMessage(message, 'U0BOT').material(names.people),
    ),
  'platforms/slack/shortcuts.ts#nothingIn': (text) =>
    nothingIn(
      { text: '', attachments: [{ ...file(text), locator: { standing: 'deleted', file: 'F1' } }] },
      { id: 'U1', locale: text },
    ),
  'platforms/slack/payloads.ts#attachmentOf': (text) => slackMessage.attachmentOf(slackFile(text)),
  'platforms/slack/clip-words.ts#voiceOf': (text) => clipWords.voiceOf(slackFile(text)),
  'platforms/slack/clip-words.ts#wordsLater': (text) => clipWords.wordsLater(slackFile(text)),
  'platforms/slack/clip-words.ts#spokenIn': (text) =>
    [text, `00:00:00.000 --> 00:00:01.000\n${text}`].map(clipWords.spokenIn),
  'platforms/slack/file-kind.ts#standingOf': (text) => slackKinds(text, fileKind.standingOf),
  'platforms/slack/file-kind.ts#addressOf': (text) => slackKinds(text, fileKind.addressOf),
  'platforms/slack/file-kind.ts#unreadable': (text) => slackKinds(text, fileKind.unreadable),
  'platforms/slack/file-kind.ts#bytesOf': (text) => slackKinds(text, fileKind.bytesOf),
  'platforms/slack/file-kind.ts#isAudioClip': (text) => slackKinds(text, fileKind.isAudioClip),
  'platforms/slack/file-kind.ts#mimeOf': (text) => slackKinds(text, fileKind.mimeOf),
  'platforms/slack/file-kind.ts#nameOf': (text) => slackKinds(text, fileKind.nameOf),
  'platforms/slack/file-kind.ts#serviceOf': (text) => slackKinds(text, fileKind.serviceOf),
  'platforms/slack/lenient-json.ts#fieldsOf': (text) => lenient.fieldsOf(slackMessageOf(text)),
  'platforms/slack/lenient-json.ts#textOf': lenient.textOf,
  'platforms/slack/lenient-json.ts#listOf': (text) => lenient.listOf(slackBlocks(text)),
  'platforms/slack/lenient-json.ts#takeText': (text) =>
    lenient.takeText(text, lenient.newReading()),
  'platforms/slack/read-attachments.ts#hungOn': (text) =>
    hungOn(slackMessageOf(text).attachments, lenient.newReading(), { bot: 'U0BOT' }),
  'platforms/slack/read-blocks.ts#blockWords': (text) =>
    blockWords(slackBlocks(text), lenient.newReading()),
  'platforms/slack/read-rich-text.ts#richText': (text) =>
    rich.richText(
      [
        { type: 'rich_text_quote', elements: [{ type: 'text', text }] },
        { type: 'rich_text_section', elements: [{ type: 'user', user_id: text }] },
      ],
      lenient.newReading(),
      0,
    ),
  'platforms/slack/read-rich-text.ts#link': (text) =>
    rich.link({ url: text, text }, lenient.newReading()),
  'platforms/slack/read-rich-text.ts#markup': rich.markup,
  'locales/locales.ts#localeFor': localeFor,
  'platforms/slack/message-text.ts#unescapeText': (text) => [
    unescapeText(text, names),
    unescapeText(`<@U0BOT> ${text}<@U0BOT>`, names),
  ],
  'platforms/slack/message-text.ts#mentionedPeople': (text) => mentionedPeople(text, 'U0BOT'),
  'platforms/slack/message-text.ts#mentions': (text) => mentions(text, 'U0BOT'),
  'platforms/shared/split-text.ts#splitText': (text) => splitText(text, 2_000),
  'platforms/web/receive.ts#attachmentOf': (text) =>
    attachmentOf({ id: '1', name: text, bytes: 1, mime: text }),
  'platforms/web/file-kind.ts#servedAs': servedAs,
  'platforms/web/file-kind.ts#kindOf': (text) => kindOf(text, text),
  'platforms/web/file-kind.ts#cleanName': cleanName,
  'platforms/web/page/commands.ts#completions': completions,
  'platforms/web/page/commands.ts#readTyped': readTyped,
  'markdown/fences.ts#fenceLines': (text) => fenceLines(text),
  'markdown/fences.ts#codeBlockAfter': (text) => codeBlockAfter(text),
  'markdown/escape.ts#escapeMarkup': escapeMarkup,
  'markdown/escape.ts#unescapeMarkup': unescapeMarkup,
  'markdown/escape.ts#isEscapable': isEscapable,
  'markdown/inline.ts#parseInline': (text) => parseInline(text),
  'markdown/inline.ts#safeUrl': safeUrl,
  'markdown/markdown.ts#parseMarkdown': parseMarkdown,
  'platforms/web/thread-title.ts#titleOf': (text) => titleOf(text, []),
  'platforms/web/serve-file.ts#rangeOf': (text) => rangeOf(text, 9),
  'platforms/web/stored-message.ts#bodyOf': (text) => stored.bodyOf(outgoing(text)),
  'platforms/web/stored-message.ts#offersStop': (text) => stored.offersStop(written(text)),
  'platforms/web/stored-message.ts#wireMessage': (text) => stored.wireMessage(botRow(text), 'you'),
  'platforms/web/stored-message.ts#wireFile': (text) =>
    stored.wireFile({ id: '1', name: text, bytes: 1, mime: text }),
  'platforms/web/wire.ts#isId': isId,
  'recording/exchange.ts#targetOf': (text) =>
    targetOf(`/api/state/nemo_agent/me/${encodeURIComponent(text)}/latest`),
  'recording/exchange.ts#readRecording': (text) =>
    readRecording(
      JSON.stringify({ v: 1, n: 1, runs: 0, at: 0, method: 'GET', path: text, asked: text }),
    ),
  'recording/exchange.ts#idsIn': (text) => idsIn({ id: text, [text]: text }),
  'recording/read-frames.ts#frameReader': (text) => {
    const frames: string[] = [];
    const reader = frameReader(createPlaceholders().body, (frame) => frames.push(frame));
    for (let at = 0; at < text.length; at += 4_096)
      reader.take(Buffer.from(text.slice(at, at + 4_096)));
    reader.take(
      Buffer.from(`\n\ndata: ${JSON.stringify({ text, draft: `<a ${text}>${text}` })}\n\n`),
    );
    reader.end();
    return frames;
  },
  'runtime/redact.ts#createRedact': (text) => createRedact(() => ['a secret of ours'])(text),
};

export const isOfDocuments = (reader: string): boolean => /^(?:documents|markdown)\//.test(reader);
