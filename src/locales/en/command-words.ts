import type { Commands } from '../locale.ts';
import { HEIGHT, HEIGHT_LABELLED } from '../patterns.ts';

const VIDEO = '(?:videos?|movie|clip|films?|file|mp4|mp4 file|video file|result)';
const NOUN = `(?:${VIDEO}|project|reel|timeline|cut|version)`;
const WHOSE = '(?:the|my|our|this|that|its)';
const WHICH = '(?:final|finished|whole|full|complete|current|latest|last|edited|new)';
const OBJECT = `(?:it|this|that|everything|(?:${WHOSE} )?(?:${WHICH} )?${NOUN})`;
const QUALITY = '(?:hd|high|highest|best|full|max|maximum|good)';
const FORM = `(?:${HEIGHT}|${QUALITY}|mp4|h264|format|quality|resolution)`;
const TAIL = `(?: (?:as|to|in|at|into|with|using)(?: an?| the)?(?: (?:video|file))?(?= )| ${FORM}(?: (?:video|file))?| again| here| now){0,6}`;

const SHAPES = {
  portrait: '(?:portrait|vertical|upright|9 16)',
  landscape: '(?:landscape|horizontal|widescreen|16 9)',
  square: '(?:square|1 1)',
};
const V = '(?:v ?\\d{1,3})';
const VERSION = '(?:(?:the )?(?:v|ver|version) ?\\d{1,3})';
const WISHED = `(?: (?:as|in|at|into|with|and)(?: an?| the)?(?= )| ${FORM}| (?:${Object.values(SHAPES).join('|')})(?: (?:format|mode|shape|version))?| again| once more)`;

const STOP_WHAT =
  '(?:it|this|that|everything|now|working|generating|rendering|exporting|(?:the |this |that |my )?(?:job|task|turn|run|render|rendering|export|generation|process|request|work|video generation|current job|current task))';

export const commands: Commands = {
  export: [
    `(?:export|download|save|render|re ?export|re ?render)(?: ${OBJECT})?${TAIL}`,
    `export (?:an? )?(?:${HEIGHT} )?${NOUN}${TAIL}`,
    `(?:export|download|save|render) (?:${WHOSE} )?${HEIGHT_LABELLED} ${NOUN}${TAIL}`,
    `(?:start|run|do|make|begin|try|retry) (?:the|an|my) export(?: again)?`,
    `(?:final |video |mp4 )?(?:export|download)`,
    `(?:send|give|get|show|hand|post|share)(?: (?:me|us))? (?:it|this|${WHOSE} (?:${WHICH} )?(?:${HEIGHT_LABELLED} )?(?:${VIDEO}|link|download|download link))(?: (?:to|with) (?:me|us))?${TAIL}`,
    `(?:(?:i|we) )?(?:have|get|see|need|want|like) (?:${WHOSE} )(?:${WHICH} )?(?:video|mp4|mp4 file|file)${TAIL}`,
    `(?:${HEIGHT_LABELLED} )?mp4(?: file)?(?: ${HEIGHT_LABELLED})?`,
  ],
  version: [
    `(?:export|download|save|render|re ?export|re ?render)(?: me)? ${VERSION}${WISHED}{0,6}`,
    `(?:send|give|get|show)(?: (?:me|us))? ${V}${WISHED}{0,6}`,
    `${VERSION}${WISHED}{1,6}`,
  ],
  versions: [
    '(?:(?:the|all|my|our|finished|earlier|previous|old|other) )*versions(?: (?:list|history|so far))?',
    'version (?:list|history)|history of versions|list of (?:the |all )?versions',
    '(?:show|list|see|view|get|give|display)(?: (?:me|us))?(?: (?:the|all|my|our|finished|earlier|previous|old|other))*(?: (?:versions|version history|version list))',
    '(?:what|which) versions (?:are there|do we have|do i have|have we got|exist)(?: so far)?',
    'how many versions(?: (?:are there|do we have|do i have))?(?: so far)?',
  ],
  compare: [
    `(?:compare|diff) ${VERSION} ?(?:and|with|to|vs|versus|against)? ?${VERSION}`,
    '(?:compare|diff) versions? ?\\d{1,3} ?(?:and|with|to|vs|versus|against) ?\\d{1,3}',
    `${VERSION} (?:vs|versus|against|compared to|compared with) ${VERSION}`,
    `(?:(?:whats|what is|tell me|show me) )?(?:the )?differences? between ${VERSION} and ${VERSION}`,
    `what(?:s| is| has)? (?:changed|different|new) (?:between|from) ${VERSION} (?:and|to) ${VERSION}`,
    'compare (?:the |both )?(?:last |two |last two )?versions',
  ],
  credits: [
    '(?:(?:my|our|the|remaining|current|account|available) )*(?:credits?|balance|credits? balance)(?: (?:left|remaining|balance|status|please))?',
    '(?:check|show|see|view|get|tell|list|display|know)(?: (?:me|us))?(?: (?:my|our|the|remaining|current|account|available))*(?: (?:credits?|balance|credits? balance))(?: (?:left|remaining))?',
    'how (?:many|much) (?:credits?|balance)?(?: ?(?:are|is))?(?: ?(?:do|have|did))?(?: ?(?:i|we|you))?(?: ?(?:have|got|own))?(?: ?(?:left|remaining|remain|available))?',
    '(?:whats|what is|what are) (?:my|our|the)(?: (?:current|remaining|account))?(?: (?:credits?|balance|credits? balance))(?: left)?',
    '(?:do|have) (?:i|we) (?:have|got) (?:any |some |enough )?credits?(?: left| remaining)?',
    '(?:credits?|balance) (?:check|query|info)',
    '(?:check|show) how (?:many|much) credits?(?: (?:i|we) have)?(?: left)?',
  ],
  status: [
    '(?:(?:current|project|video|job|render|export|the|my|our) )*(?:status|progress|timeline|tracks)(?: (?:update|check|report|summary))?',
    '(?:show|see|check|list|view|display|get|give|tell|print)(?: (?:me|us))?(?: (?:the|my|our|all|all the|current|project|video|a))*(?: (?:status|progress|timeline|tracks|track list|status update|progress update))',
    '(?:whats|what is|hows|how is) (?:the|my|our)(?: (?:current|project|video|job))?(?: (?:status|progress|timeline))(?: now)?',
    '(?:whats|what is) (?:on|in) (?:the|my) timeline(?: now)?',
    '(?:hows|how is) (?:it|the video|my video|that|everything)(?: (?:going|coming|coming along|doing|looking))(?: so far| now)?',
    'how far (?:along )?(?:are you|is it|are we|along are you|along is it|is the video)(?: along)?',
    '(?:is|are) (?:it|the video|my video|you|we|that)(?: (?:done|ready|finished|complete|there))(?: yet| now)?',
    '(?:status|progress) (?:of|on|for) (?:the|my|our|this) (?:video|project|movie|clip|job|render|export)',
    '(?:done|ready|finished) yet',
    '(?:wheres|where is) (?:my|the|our) (?:video|movie|clip|mp4|film)',
    'what (?:does|do) (?:it|we|i|the video|the timeline) (?:look like|have)(?: now| so far)?',
    'what (?:have we|do we have) got so far|what have we got',
    '(?:any )?(?:news|updates?)(?: on (?:the|my) video)?|any progress',
  ],
  captions: [
    '(?:(?:the|my|our|video) )*(?:captions?|subtitles?|subs|srt|vtt)(?: files?)?',
    '(?:export|download|get|save|give|send|show|share)(?: (?:me|us))?(?: (?:the|my|our|these))?(?: (?:captions?|subtitles?|subs|srt|vtt))(?: files?)?',
    '(?:captions?|subtitles?) (?:as|in) (?:an? )?(?:srt|vtt|file)',
  ],
  help: [
    '(?:help|manual|usage|commands?|instructions|menu|help menu)',
    '(?:help me|help us|help me out|i need help|need help|i need some help|need some help)',
    '(?:show|list|see|get|give)(?: (?:me|us))?(?: (?:the|all|your|all the|some))?(?: (?:help|commands|instructions|menu|usage))',
    '(?:what|which) (?:can|do|else can) (?:you|this bot|this|it) do(?: for (?:me|us))?',
    '(?:what are|which are|whats|what is)(?: (?:the|your))(?: available)? (?:commands|features|instructions)',
    'how (?:do|can|should|to)(?: (?:i|we|you|one))? use (?:this|it|you|the bot|this bot|nemo)',
    'how (?:does|do) (?:this|it|you|this bot|the bot|that) work',
    'how (?:do|can) (?:i|we) (?:start|begin|get started)|get(?:ting)? started',
  ],
  stop: [`(?:stop|cancel|abort|halt)(?: ${STOP_WHAT})?`],
  new: [
    'new(?: (?:video|project|session|movie|thread|one))?',
    '(?:start|begin|open|create)(?: (?:a|an|the))?(?: (?:new|fresh|another))(?: (?:video|project|session|one|start))?',
    '(?:start|begin)(?: (?:all|it|everything))? over(?: (?:again|from scratch|from the beginning|from zero))?',
    '(?:start|begin)(?: again)? from (?:scratch|the beginning|zero)',
    'start fresh|fresh start|clean slate|reset|reset (?:it|everything|the project|this project|the session)',
  ],
  retry: [
    'retry(?: (?:it|this|that|please|again))?',
    '(?:please )?(?:try|try it|try that|try this|give it a try)(?: (?:again|once more|one more time))',
    '(?:once more|one more try|one more time|another try|give it another (?:try|go|shot))',
  ],
  shapes: SHAPES,
  before:
    /^(?:please|pls|plz|kindly|hey|hi|hello|okay|ok|now|just|and|so|then|alright|great|perfect|good|nice|cool|awesome|super|thanks|thank you|yes|yeah|yep|yup|nemo|bot|(?:can|could|will|would) you|(?:can|could|may|should) (?:i|we)|(?:i|we) (?:want|need|wish|would like|would love)(?: you)?(?: to)?|(?:id|wed) (?:like|love)(?: you)?(?: to)?|i wanna|lets|let (?:us|me)|go ahead and) (?=.)/u,
  after:
    / (?:please|pls|plz|thanks|thank you|thanks a lot|thx|ty|now|right now|right away|immediately|asap|for me|for us|ok|okay|then|already|will you|would you|could you|if you can|if possible)$/u,
};
