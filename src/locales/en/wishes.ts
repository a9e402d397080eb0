import type { Wishes } from '../locale.ts';

const numbers = {
  a: 1,
  an: 1,
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
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  half: 0.5,
};

const N = `(?<n>\\d+(?:\\.\\d+)?|${Object.keys(numbers).join('|')})`;
const UNIT = '(?<unit>seconds?|secs?|s|minutes?|mins?|hours?|hrs?)';
const VIDEO =
  '(?:video|clip|film|movie|reel|short|animation|ad|advert|commercial|documentary|explainer|trailer|teaser)s?';

export const wishes: Wishes = {
  vague:
    /\b(?:make|do|get) (?:it|this|that|the video) (?:look |sound |feel )?(?:a bit |much |more |way )?(?:better|nicer|good|great|cool(?:er)?|awesome|professional|pop|prettier|perfect)\b|\b(?:improve|enhance|polish|fix) (?:it|this|that|the video)\b/i,
  photoEditing: [
    /\b(?:photoshop|retouch(?:ing)?|airbrush|edit|touch up) (?:(?:my|this|that|these|the|our|a|an|some) )?(?:attached )?(?:photos?|pictures?|pics?|images?|selfies?|portraits?)\b(?! into)/i,
    /\bremove (?:the |its )?(?:background|person|people|object|watermark|blemish\w*|red[- ]eyes?) (?:from|in|of) (?:(?:my|this|that|these|the|our|a|an) )?(?:photos?|pictures?|pics?|images?|selfies?)\b/i,
  ],
  lengths: [
    new RegExp(`(?<![\\w.:])${N}[ -]?${UNIT}\\b(?:[ -]long)?(?: [\\w'-]+){0,3}? ${VIDEO}\\b`, 'gi'),
    new RegExp(`(?<![\\w.:])${N}[ -]?${UNIT}[ -](?:long|in length|in duration)\\b`, 'gi'),
    new RegExp(
      `\\b(?:${VIDEO}|it|this)(?: (?:of|lasting|for|to|should be|must be|that is|that lasts))+ (?:about )?${N}[ -]?${UNIT}\\b`,
      'gi',
    ),
  ],
  numbers,
  secondsIn: (unit) => (/^h/i.test(unit) ? 3600 : /^m/i.test(unit) ? 60 : 1),
  // "As the music swells" tells of a moment: what follows has to end the phrase.
  noBrand: /\b(?:without|no|skip|leave out) (?:(?:the|our|any|your|this) )?brand(?:ing)?\b/u,
  asMusic:
    /(?<!\bnot )\b(?:as|for) (?:(?:the|my|its|a|some|our) )?(?:background |theme |intro )?(?:music|soundtrack|song|score|bgm|melody|tune|beat)(?= ?(?:$|[\n.,;:!?)]|please|thanks|for\b|in\b|of\b|and\b|under\b))|\b(?:this|that|it)(?: is|['’]s) (?:the|my|a|our) (?:background |theme )?(?:music|soundtrack|song|tune|melody|bgm)\b(?! video)/i,
  links: {
    before:
      /\b(?:this|that|these|of|from|using|film|read|use|turn|summari[sz]e|adapt|about|based on|(?:article|page|post|story|doc|document|script|text|link|source)s?(?: here| below)?[:：]?)$/i,
    after:
      /^(?:please |pls |can you |could you |and )?(?:make|film|turn|create|produce|summari[sz]e|adapt|into|as a|to a)\b/i,
    anywhere:
      /\b(?:of|from|using|use|film|turn|adapt|read|summari[sz]e) (?:this|these|(?:this |the )(?:article|link|page|post|doc|story|blog))\b/i,
    only: /\b(?:please|pls|plz|hi|hey|hello|thanks|thank you|can|could|would|will|you|i|we|want|need|like|to|make|making|create|generate|produce|do|turn|convert|film|read|use|using|summari[sz]e|adapt|me|us|my|our|a|an|the|one|short|nice|cool|quick|new|little|video|videos|clip|film|movie|reel|out|of|from|with|on|about|in|into|based|for|and|as|this|that|these|those|it|its|here|is|are|see|link|links|article|articles|page|pages|website|site|post|blog|story|doc|document|script|text|source|url|below|above|now|go)\b/gi,
  },
  fit: {
    fillers:
      /\b(?:please|pls|ok|okay|yes|yeah|just|only|use|take|make|it|its|that|this|the|a|of|to|in|for|me|then|you can|can you|script|text|document|whole|all|everything|thing|down|part|half|bit|one)\b/g,
    firstPart: 'first|beginning|1st',
    gist: 'shorten(?:ed)?|shorter|condensed?|summari[sz]ed?|summary|gist',
  },
};
