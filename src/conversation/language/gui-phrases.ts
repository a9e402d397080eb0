/**
 * Which clauses tell the reader to do something in an editor that a chat does not have. Each
 * expression looks at the start of a clause: an instruction begins with its verb, content does not
 * ("drag the clips", but "the drag race clip"). Quoted text reaches these expressions as BLANK.
 */

/** Stands for one character of quoted text or code. */
export const BLANK = '\ue000';

/** What an instruction wants to be done, in our terms; `nothing` is only left out. */
export type Ask = 'export' | 'timeline' | 'credits' | 'nothing';

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

const ENGLISH: readonly (readonly [verb: string, ask: Ask | 'named'])[] = [
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

const ZH_PLACE =
  '(?:面板|时间轴|时间线|菜单|选项卡|标签页|标签栏|侧边栏|侧栏|工具栏|编辑器|编辑页|素材库|媒体库|音乐库|资源库|播放器|预览窗口|预览区|预览框|预览界面|设置|按钮|图标|界面|页面|弹窗|对话框|属性栏|画布|工作区|控制台|仪表盘|右上角|左上角|右下角|左下角|账户|账号|账单|个人中心|充值中心)';
const ZH_LEAD =
  '(?:(?:满意|确认|确认无误|完成|制作完成|渲染完成|编辑完成|调整好|准备好|没问题|检查|预览)(?:之后|以后|后|时|的话))?(?:请|您|你|也|还|就|都|可以|可|能|需|要|现在|然后|接着|随后|接下来|下一步|最后|首先|再|并|且|或者|或|只需|只要|只用|直接|随时|记得|建议|不妨|先|后|另外|此外|此时|如有需要|如果|如需|若要|若需|想要|手动|自行|自由|方便|轻松|点一下|，)*';
const BLANKS = `${BLANK}*`;

const CHINESE: readonly (readonly [verb: string, ask: Ask | 'named'])[] = [
  [
    '(?:在[^，；。]{0,16}?)?(?:点击|单击|双击|右击|点选|点按|轻点|按下|按一下|点开|敲击)(?!率|量|数|声|音|了|过)',
    'named',
  ],
  [
    `(?:打开|开启|进入|前往|切换到|切换至|展开|转到|跳转到|访问|登录|去|到|查看|检查|查询|浏览|使用|通过|利用|选择|选中|找到)(?!了|过)[^，；。]{0,14}?${BLANKS}${ZH_PLACE}`,
    'named',
  ],
  [
    '(?:把|将|用鼠标|按住|用)?[^，；。]{0,14}?(?:拖拽|拖动|拖放|拖曳|拖入|拖到|拖进|拖至)(?!了|过)',
    'nothing',
  ],
  [
    `(?:在|从|于|通过)[^，；。]{0,14}?${BLANKS}${ZH_PLACE}[^，；。]{0,8}?(?:预览|播放|观看|回放|查看|看到|找到)(?!了|过)`,
    'named',
  ],
  [
    `(?:在|从|于|通过)[^，；。]{0,14}?${BLANKS}${ZH_PLACE}[^，；。]{0,8}?(?:调整|编辑|修改|更改|选择|设置|微调|移动|裁剪)(?!了|过|为|成)`,
    'nothing',
  ],
  [
    `(?:在|从|通过)[^，；。]{0,14}?${BLANKS}${ZH_PLACE}[^，；。]{0,8}?(?:导出|下载)(?!了|过)`,
    'export',
  ],
  [`(?:预览|播放|观看|回放)(?!了|过)[^，；。]{0,14}?${ZH_PLACE}`, 'timeline'],
];

/** Telling the reader that exporting is now up to him: the bot does it instead. */
const ZH_EXPORT_NOW =
  /^(?:请|您|你|现在|就|已经|已|随时|可|可以|即可|直接|能|然后|最后|接着|再|并|或|或者)*(?:可以|可|请|即可|能)(?:直接|随时|立即|马上|一键)?(?:导出|下载)(?!.*(?:吗|我|告诉|回复|说|发送|需要))/u;

const any = (patterns: typeof ENGLISH, lead: string, flags: string) =>
  patterns.map(([verb, ask]) => [new RegExp(`^${lead}(?:${verb})`, flags), ask] as const);

/** All of it at once or nothing: "you can just now" can be read as one lead-in or as several, and a row of them in countless ways. */
const atOnce = (lead: string): string => `(?=(${lead}))\\1`;

const INSTRUCTIONS = [
  ...any(ENGLISH, atOnce(LEAD_IN), 'iu'),
  ...any(CHINESE, ZH_LEAD, 'u'),
  [ZH_EXPORT_NOW, 'export'] as const,
];

/**
 * What this clause tells the reader to do, or undefined when it is content. `clause` has its quoted
 * text blanked and its Chinese simplified; `spoken` is the same clause with the quoted text.
 */
export function instructionIn(clause: string, spoken: string): Ask | undefined {
  const found = INSTRUCTIONS.find(([expression]) => expression.test(clause));
  if (!found) return undefined;
  return found[1] === 'named' ? askNamedIn(spoken) : found[1];
}

const ANY_PLACE = new RegExp(`\\b${PLACE}\\b|${ZH_PLACE}`, 'iu');

function askNamedIn(spoken: string): Ask {
  if (/\b(?:export|download)\b|导出|汇出|下载/iu.test(spoken)) return 'export';
  if (
    /\b(?:account|billing|credits?|subscription|dashboard|settings|top up)\b|账户|账号|账单|积分|余额|充值|设置|控制台|仪表盘/iu.test(
      spoken,
    )
  )
    return 'credits';
  if (ANY_PLACE.test(spoken)) return 'timeline';
  return 'nothing';
}

/** "When it is done,", "To change the order,": says when or why to do what follows, and falls with it. */
export const INTRODUCES =
  /^(?:and |or |but |then )?(?:if|when|whenever|once|after|before|to|for|in order to|in case|should you|as soon as|from there|from here|for (?:more|finer|further)|otherwise|alternatively|finally|next|then|now)\b(?!.*\b(?:i|we) (?:have|added|made|changed|will)\b)|^(?:当|如果|如需|如要|若|若要|想要|要|为了|需要|等|待|一旦|完成后|接下来|然后|最后|另外|此外|下一步)/iu;

/** A label in front of an instruction. */
export const LABELS =
  /^(?:(?:pro |quick )?tips?|note|hint|next(?: steps?)?|step \d+|to (?:export|download|save|preview|edit|finish)|export(?:ing)?|download(?:ing)?|preview(?:ing)?|what'?s next|how to [\w ]{1,30}|提示|小贴士|注意|下一步|后续步骤|步骤\s?[\d一二三四五]*|导出|下载|预览|操作方法|方法)\s*[:：]$/iu;

/** Goes on from an instruction: another step, or what comes of it. */
export const CONTINUES =
  /^(?:so |which |where |to |in order to |so that |from there |you(?:'ll| will| can) (?:then )?(?:see|find|get|be|download|save|export|change|adjust|choose|pick|preview)|once (?:there|done|it)|(?:and |or |then )*(?:choose|select|pick|wait|enter|type|confirm|press|hit|save|download|export|enjoy|set|adjust|drop|release|place|look|find|follow|pick|scroll|share)\b)|^(?:即可|就可以|就能|便可|便能|可以|可|来|以便|以|并|再|然后|接着|随后|或|或者|选择|等待|确认|保存|下载|查看|调整|进行|完成|导出|预览|松开|放到|里面)/iu;
