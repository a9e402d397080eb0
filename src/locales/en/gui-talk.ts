import type { GuiTalk } from '../locale.ts';
import { BLANK, type Instructions, startingWith } from '../patterns.ts';

const PLACE =
  '(?:panels?|tabs?|menus?|sidebars?|side ?bar|toolbars?|inspector|editor|timeline|dropdown|drop-down|dialog(?:ue)?(?: box)?|pop-?up|workspace|dashboard|settings|preferences|(?:media|music|asset|stock|sound|audio|clip|template)s? (?:library|bin|browser)|(?:video |preview |the )player|preview (?:window|pane|area|monitor)|preview|playhead|canvas|(?:account|billing|settings|profile|pricing|subscription|project|export|download|credits)(?: \\w+)? (?:page|section|area)|(?:top|bottom|upper|lower)[- ](?:left|right)(?:[- ](?:hand )?(?:corner|side))?|web (?:app|editor)|sliders?|handles?|control panel|controls|keyframes?|toggle)';
const CONTROL =
  '(?:buttons?|icons?|checkbox|menu item|option|shortcut|play|pause|export|download|save|share|publish|undo|redo|delete|done|apply|confirm|spacebar|space|enter|ctrl|cmd|space ?bar)';
const SIGN =
  '(?:render|generate|ok|next|continue|finish|settings|link|gear|cog|arrow|plus|dots|x|corner)';
const MEDIA =
  '(?:clips?|segments?|tracks?|files?|layers?|scenes?|shots?|items?|elements?|footage|media|photos?|images?|pictures?|videos?|music|audio|titles?|text(?: box)?|handles?|edges?|playhead|sliders?|assets?|them|it|this|these)';
const THE =
  '(?:the|your|its|their|this|that|these|those|any|each|every|all|all the|an?|one|some|either)';
/** No preposition and no verb between a verb and its place: "open on a kitchen window" is content. */
const WORDS = '(?:(?!(?:with|on|in|at|of|from|to|into|is|are|was|now)\\b)[\\w\\-/&+]+ ){0,4}';

const LEAD_IN =
  "(?:(?:please|simply|just|now|then|next|and|or|also|finally|first|second|afterwards?|alternatively|otherwise|once again|later|easily|quickly|directly|manually|either|when(?:ever)? you(?:'re| are) ready|you(?:'ll| will)?(?: (?:can|may|could|should|must|might|need to|have to|want to|are able to|just|simply|also|now|then|always|even|easily|directly|still|either)){1,4}|you'll (?:need|have|want) to|if you (?:like|want|wish|prefer)|feel free to|make sure (?:to|you)|be sure to|remember to|don't forget to|do not forget to|go ahead and|try to|try|let's|i(?:'d| would)? (?:recommend|suggest)(?: that)?(?: you)?(?: to)?|all you (?:need|have) to do is(?: to)?|it's (?:easy|simple):|to (?:do|see|get|change|fix) (?:so|this|that|it)|lastly),? )*";

const INSTRUCTIONS: Instructions = [
  [
    `(?:(?:double|right|left|single)[- ]?)?click(?:ing)? (?:on |over )?(?:here\\b|(?:${THE} )?${BLANK}|(?:${THE} )?${WORDS}(?:${CONTROL}|${SIGN}|${PLACE})\\b|${THE} ${WORDS}${MEDIA}\\b|(?:it|them|this)\\b)`,
    'named',
  ],
  [
    `(?:double[- ]?)?tap (?:on |here|(?:${THE} )?${BLANK}|(?:${THE} )?${WORDS}${CONTROL}\\b)`,
    'named',
  ],
  [
    `(?:press|hit|push)(?: on)? (?:down )?(?:(?:${THE} )?${BLANK}+|(?:${THE} )?${WORDS}${CONTROL}\\b)`,
    'named',
  ],
  [
    `(?:select|choose|pick|use|find|look for|locate)(?: on)? (?:${THE} )?${WORDS}(?:${BLANK}+ )?(?:buttons?|icons?|menu item|${PLACE})\\b`,
    'named',
  ],
  [`(?:select|choose|pick) (?:export|download|save|share)\\b`, 'named'],
  [`select (?:${THE} )?${WORDS}(?:clips?|tracks?|segments?|layers?|text box)\\b`, 'nothing'],
  [
    `(?:re-?)?(?:open|launch|access|expand|toggle|close)(?: up)? (?:${THE} )?${WORDS}(?:${BLANK}+ )?(?:${PLACE})\\b`,
    'named',
  ],
  [
    `(?:go|head|navigate|switch|scroll|move|jump|return|log ?in|sign ?in)(?: over| back| up| down)? (?:to|into|through) (?:${THE} )?${WORDS}(?:${BLANK}+ )?(?:${PLACE}|account|billing|subscription)\\b`,
    'named',
  ],
  [
    `(?:visit|see|view|check(?: out)?|look at|inspect|review|manage|consult|browse|explore) (?:${THE} )?${WORDS}(?:${BLANK}+ )?(?:${PLACE}|account|billing|subscription)\\b`,
    'named',
  ],
  [
    `(?:check|see|view|find|review|manage|top up|recharge|buy|purchase|upgrade)\\b[^,;]{0,60}? (?:in|on|under|from|at|via) (?:the |your )?${WORDS}(?:account|billing|dashboard|settings|subscription|profile)\\b`,
    'credits',
  ],
  [
    `(?:drag(?:ging)?(?:[- ]and[- ]drop(?:ping)?)?|drop) (?:${MEDIA}|(?:${THE} ${WORDS})${MEDIA})\\b`,
    'nothing',
  ],
  [
    `(?:drag|drop)(?:[- ]and[- ]drop)? (?:${BLANK}|[^,;]{0,60}? (?:on|onto|into|to|in|over) (?:the |your )?${WORDS}${PLACE}\\b)`,
    'nothing',
  ],
  [
    `(?:preview|play(?: back)?|watch|scrub|view|see|review|find|spot|rewatch)\\b(?: ${THE})?[^,;]{0,60}? (?:in|on|from|using|with|through|inside|at) (?:the |your |its )?${WORDS}${PLACE}\\b`,
    'named',
  ],
  [
    `(?:move|arrange|rearrange|reorder|slide|resize|trim|split|cut|adjust|edit|change|tweak|fine-?tune|modify|customi[sz]e|rename|set|add|remove|delete|place|control|replace|swap)\\b[^,;]{0,80}? (?:in|on|onto|into|from|using|with|through|via|inside|by dragging|at) (?:the |your |its |its edges|${MEDIA} )?${WORDS}${PLACE}\\b`,
    'nothing',
  ],
  [
    `(?:export|download|save|render|share|publish)\\b[^,;]{0,60}? (?:in|on|from|using|with|through|via|by clicking|at|under) (?:the |your )?${WORDS}(?:${BLANK}+ )?(?:buttons?|icons?|${PLACE})\\b`,
    'named',
  ],
  [
    `(?:export|download|save|share|change|edit|adjust|move|open|access|see|view|preview|reorder|trim|remove|delete|add)\\b[^,;]{0,80}? by (?:clicking|tapping|pressing|dragging|hitting|opening|going to)\\b`,
    'named',
  ],
];

export const guiTalk: GuiTalk = {
  leadIn: new RegExp(`^${LEAD_IN}`, 'u'),
  instructions: startingWith(INSTRUCTIONS),
  place: new RegExp(`\\b${PLACE}\\b`, 'iu'),
  export: /\b(?:export|download)\b/iu,
  credits: /\b(?:account|billing|credits?|subscription|dashboard|settings|top up)\b/iu,
  introduces:
    /^(?:and |or |but |then )?(?:if|when|whenever|once|after|before|to|for|in order to|in case|should you|as soon as|from there|from here|for (?:more|finer|further)|otherwise|alternatively|finally|next|then|now)\b(?!.*\b(?:i|we) (?:have|added|made|changed|will)\b)/iu,
  labels:
    "(?:pro |quick )?tips?|note|hint|next(?: steps?)?|step \\d+|to (?:export|download|save|preview|edit|finish)|export(?:ing)?|download(?:ing)?|preview(?:ing)?|what'?s next|how to [\\w ]{1,30}",
  continues:
    /^(?:so |which |where |to |in order to |so that |from there |you(?:'ll| will| can) (?:then )?(?:see|find|get|be|download|save|export|change|adjust|choose|pick|preview)|once (?:there|done|it)|(?:and |or |then )*(?:choose|select|pick|wait|enter|type|confirm|press|hit|save|download|export|enjoy|set|adjust|drop|release|place|look|find|follow|pick|scroll|share)\b)/iu,
  joiners: 'and|or|then|so|but',
  inseparable: 'drop\\b',
  abbreviations: 'e\\.g|i\\.e|vs|etc|mr|mrs|dr|no|approx|min|sec|fig',
};
