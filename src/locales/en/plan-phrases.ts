import type { PlanPhrases } from '../locale.ts';

const NUMBERS =
  'one|two|three|four|five|six|eight|ten|fifteen|twenty|thirty|forty|forty-five|sixty|ninety|half';
/** What may stand before a wish. The three groups have no word in common, so that there is one way to read them. */
const LEAD =
  "(?:(?:please|pls|also|then|but|now|ok|okay|yes|just|maybe|i want|i would like|i’d like|i'd like|let’s|let's|can you|could you|make|keep|have|set|do|use|go) ){0,4}(?:(?:it|this|that|the video|the film|the clip|everything) ){0,1}(?:(?:to be|be|in|as|at|is|should be|with|a|an|the|only|about|around|for|to) ){0,3}";
const TAIL =
  '(?: (?:please|pls|each|apiece|instead|only|now|then|again|thanks|for me|long|in length|in total|at most|max|video|film|clip|format|mode|shape|orientation|aspect ratio|ratio)){0,3}';
const NTH =
  '(?:\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth)';
const whole = (pattern: string): RegExp => new RegExp(`^${LEAD}(?:${pattern})${TAIL}$`, 'iu');
const FILM = '(?:video|film|clip|reel|short|movie|format|mode|orientation|shape)s?';

export const planPhrases: PlanPhrases = {
  first: [
    '(?:please |pls )?(?:just |only )?(?:plan|outline)(?: it| this| that| them| the video)?(?: out)? first',
    '(?:please |pls )?(?:first|start with|begin with),? (?:make |show |give |send |write )?(?:me |us )?(?:an? |the |your )?(?:plan|outline)(?: it| this)?',
    "(?:please |pls )?(?:(?:can|could) you )?(?:show|give|send|write|make|let me see|i want|i want to see|i would like|i’d like|i'd like)(?: me| us| to see){0,2} (?:an? |the |your )(?:plan|outline) (?:first|before you (?:make|start|begin|generate)(?: it| anything)?)",
    '(?:with )?(?:an? |the )?plan first',
  ].join('|'),
  but: 'but (?:please )?|please ',
  butThen: 'but',
  make: [
    '(?:(?:yes|yeah|yep|ok|okay|great|perfect|good|looks good|sounds good|fine|please) )*(?:(?:now |please |go ahead and )?(?:make|create|generate|do|produce) (?:it|this|that|the video|the videos|them|the plan)|go ahead|go|go for it|do it|lets go|start|begin|proceed|ship it)(?: now| please| like that| like this)?',
    'yes|yes please|yeah|yep|ok|okay|sure|looks good|looks great|sounds good|approved|perfect',
  ].join('|'),
  cancel: [
    '(?:please )?(?:cancel|drop|forget|discard|scrap|stop)(?: (?:it|this|that|the plan|this plan|the video))?',
    'no|no thanks|nope|never mind|nevermind|dont|dont make it|do not make it',
  ].join('|'),
  sceneHead: `(?:scene|shot|part|clip|frame|panel|act|segment)\\s{1,3}(?:#\\s?)?(?:\\d{1,3}|[ivx]{1,6}|${NTH})`,
  wishLine: 'aspect ratio|length|language',
  order:
    '(?:please |pls |can you |could you |i want you to |i want to |hi |hello |hey )*(?:make|create|generate|produce|turn|convert|film|animate|do|i want|i need|we need|we want)\\b',
  and: 'and(?: also| then| please)?',
  drop: new RegExp(
    `^(?:(?:please|pls|also|and|but|can you|could you) ){0,2}(?:drop|remove|delete|skip|cut|leave out|without|omit|lose|take out)(?: the)? (?:scenes?|shots?|parts?|videos?|numbers?|points?) (?<n>${NTH}(?:(?:, | and | & |, and )${NTH}){0,9})(?: please)?$|^(?:drop|remove|delete|skip|cut|leave out|omit)(?: the)? (?<n>first|second|third|fourth|fifth) (?:scene|shot|part|video|one)(?: please)?$`,
    'iu',
  ),
  length: whole(
    `(?<n>\\d{1,4}(?:\\.\\d)?|${NUMBERS}|an?)[ -]?(?:an? )?(?<unit>seconds?|secs?|s|minutes?|mins?)`,
  ),
  shape: {
    portrait: whole('portrait|vertical|upright|tall'),
    landscape: whole('landscape|horizontal|widescreen|wide'),
    square: whole('square'),
  },
  ratio: whole('R'),
  noMusic:
    /^(?:(?:please|pls|also|but|with) ){0,2}(?:no|without(?: any| the)?|drop the|remove the|skip the|leave out the|mute the) (?:music|soundtrack|bgm|background music|song)(?: please| at all)?$/iu,
  music:
    /^(?:(?:please|pls|also|but|then) ){0,2}(?:(?:with|use|add|play|put(?: on)?|choose|pick|have) (?:some |the |a |an )?(?<words>\S.{1,60}?) (?:music|soundtrack|bgm|song)(?: please| instead| in the background)?|(?:music|soundtrack|bgm)\s?[:：]\s?(?<words>\S.{0,80}))$/iu,
  noTitle:
    /^(?:(?:please|pls|also|but|with) ){0,2}(?:no|without(?: any| the| a)?|drop the|remove the|skip the|leave out the) (?:title|titles|title card|headline)(?: please| at all)?$/iu,
  title:
    /^(?:(?:please|pls|also|but|then) ){0,2}(?:(?:call|name|title) (?:it|this|the video|the film) |(?:with |use |add )?(?:the |a )?titled? (?:should be |is )?(?=["“'‘])|(?:the )?title\s?[:：]\s?)(?<words>\S.{0,80})$/iu,
  ordinals: {
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
  },
  formLength: /\blength: about (?<n>\d{1,4}) (?<unit>seconds?)\./iu,
  shapeIn: {
    portrait: new RegExp(
      `\\b(?:portrait|vertical) ${FILM}\\b|\\bin (?:portrait|vertical)\\b`,
      'iu',
    ),
    landscape: new RegExp(
      `\\b(?:landscape|horizontal|widescreen) ${FILM}\\b|\\bin (?:landscape|widescreen)\\b`,
      'iu',
    ),
    square: new RegExp(`\\bsquare ${FILM}\\b`, 'iu'),
  },
  noMusicIn: /\b(?:no|without(?: any)?) (?:background )?music\b/iu,
  musicIn:
    /\b(?:with|use|add) (?:some |a |the )?(?<words>(?:[\p{L}-]{1,20} ){1,3}?)(?:background )?music\b/iu,
  titleIn: /\b(?:titled?|called)(?: is)?[:：]? ["“](?<words>[^"”\n]{1,80})["”]/iu,
};
