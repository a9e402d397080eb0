/**
 * The phrases that are commands, in English and Chinese. Each expression is matched against a whole
 * message that was normalised by intent.ts: lower case, no punctuation, one space between words,
 * simplified Chinese without spaces around it. A phrase with one word more is not a command.
 */

/** A height like 1080p, a width by a height, or the trade names of heights. */
const HEIGHT = '(?:\\d{3,4} ?p?|\\d{3,4} ?[x×] ?\\d{3,4}|[248] ?k|full hd|fhd|uhd|qhd)';
const HEIGHT_LABELLED = '(?:\\d{3,4} ?p|\\d{3,4} ?[x×] ?\\d{3,4}|[248] ?k|full hd|fhd|uhd|qhd)';
const VIDEO = '(?:videos?|movie|clip|films?|file|mp4|mp4 file|video file|result)';
const NOUN = `(?:${VIDEO}|project|reel|timeline|cut|version)`;
const WHOSE = '(?:the|my|our|this|that|its)';
const WHICH = '(?:final|finished|whole|full|complete|current|latest|last|edited|new)';
const OBJECT = `(?:it|this|that|everything|(?:${WHOSE} )?(?:${WHICH} )?${NOUN})`;
const QUALITY = '(?:hd|high|highest|best|full|max|maximum|good)';
const FORM = `(?:${HEIGHT}|${QUALITY}|mp4|h264|format|quality|resolution)`;
const TAIL = `(?: (?:as|to|in|at|into|with|using)(?: an?| the)?(?: (?:video|file))?(?= )| ${FORM}(?: (?:video|file))?| again| here| now){0,6}`;

const EXPORT = [
  `(?:export|download|save|render|re ?export|re ?render)(?: ${OBJECT})?${TAIL}`,
  `export (?:an? )?(?:${HEIGHT} )?${NOUN}${TAIL}`,
  `(?:export|download|save|render) (?:${WHOSE} )?${HEIGHT_LABELLED} ${NOUN}${TAIL}`,
  `(?:start|run|do|make|begin|try|retry) (?:the|an|my) export(?: again)?`,
  `(?:final |video |mp4 )?(?:export|download)`,
  `(?:send|give|get|show|hand|post|share)(?: (?:me|us))? (?:it|this|${WHOSE} (?:${WHICH} )?(?:${HEIGHT_LABELLED} )?(?:${VIDEO}|link|download|download link))(?: (?:to|with) (?:me|us))?${TAIL}`,
  `(?:(?:i|we) )?(?:have|get|see|need|want|like) (?:${WHOSE} )(?:${WHICH} )?(?:video|mp4|mp4 file|file)${TAIL}`,
  `(?:${HEIGHT_LABELLED} )?mp4(?: file)?(?: ${HEIGHT_LABELLED})?`,
  `(?:re)?(?:导出|汇出|输出|下载|渲染|保存)(?:成|为)?(?:一个)?(?:这个|该|我的|成品|最终|完整)*(?:的)?(?:视频|影片|短片|文件|档案|项目|成片)?ZH_FORM`,
  `(?:把|将)?(?:这个|该|我的|成品|最终|做好|完成|的)*(?:视频|影片|短片|成片|它|mp4|文件)(?:(?:以|用|按) ?${HEIGHT} ?的?(?:画质|格式|分辨率)?)?(?:导出|汇出|输出|下载|渲染|发给我|发我|发过来|给我|发出来|传给我|保存)(?:来|下来|出来)?ZH_FORM`,
  `(?:发|发给|传给)(?:我|我们)ZH_FORM`,
  `(?:发|发给|传给|给)(?:我|我们)(?:这个|最终|成品|完整)?的?(?:视频|影片|短片|成片|文件|mp4|下载链接)ZH_FORM`,
  `(?:发|传|发送)(?:一下)?(?:视频|影片|成片)(?:给我)?`,
  `(?:开始|再次|重新)(?:导出|汇出|下载)(?:视频|影片)?`,
  `(?:export|download|导出|汇出|下载) ?(?:视频|影片|video|movie)`,
].map((source) =>
  source.replace(
    'ZH_FORM',
    `(?: ?(?:成|为|到|用|以|的|格式|画质|高清|超清|分辨率|清晰度|视频|影片|文件|mp4|${HEIGHT})){0,6}`,
  ),
);

const CREDITS = [
  '(?:(?:my|our|the|remaining|current|account|available) )*(?:credits?|balance|credits? balance)(?: (?:left|remaining|balance|status|please))?',
  '(?:check|show|see|view|get|tell|list|display|know)(?: (?:me|us))?(?: (?:my|our|the|remaining|current|account|available))*(?: (?:credits?|balance|credits? balance))(?: (?:left|remaining))?',
  'how (?:many|much) (?:credits?|balance)?(?: ?(?:are|is))?(?: ?(?:do|have|did))?(?: ?(?:i|we|you))?(?: ?(?:have|got|own))?(?: ?(?:left|remaining|remain|available))?',
  '(?:whats|what is|what are) (?:my|our|the)(?: (?:current|remaining|account))?(?: (?:credits?|balance|credits? balance))(?: left)?',
  '(?:do|have) (?:i|we) (?:have|got) (?:any |some |enough )?credits?(?: left| remaining)?',
  '(?:credits?|balance) (?:check|query|info)',
  '(?:check|show) how (?:many|much) credits?(?: (?:i|we) have)?(?: left)?',
  '(?:查|查询|查看|看|看看|显示|告诉我|查一下|看一下|看下|查下)?(?:我们|我|账户|账号|当前|现在|目前|剩余|可用|的)*(?:积分|余额|点数|额度)(?:余额|积分)?(?:查询|情况|是多少|有多少|还有多少|还剩多少|剩多少|剩余多少|剩余|还有吗|够吗|够不够|多少|还剩)?',
  '(?:我|我们|现在|目前|账户|账号|里)*(?:还有|还剩|还剩下|剩下|剩余|剩)(?:多少|几个|几点)(?:积分|余额|点数|额度)?',
  '(?:我|我们|现在|目前|账户|账号|里)*有(?:多少|几个|几点)(?:积分|余额|点数|额度)',
  '(?:还有|还剩)(?:积分|余额|点数|额度)',
];

const STATUS = [
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
  '(?:查|查询|查看|看|看看|显示|告诉我|列出|查一下|看一下|看下|查下)?(?:我们|我|当前|现在|目前|项目|视频|影片|任务|制作|渲染|导出|生成|所有|全部|的)*(?:状态|进度|进展|轨道|时间线|时间轴|轨道列表)(?:如何|怎么样|怎样|怎么样了|是什么|查询|情况|更新|多少|到哪|到哪了)?',
  '(?:它|视频|影片|片子|项目)?(?:现在|目前)(?:是)?(?:什么样|什么样子|怎么样|怎样|什么状态|什么进度|做到哪|做到哪里|到哪|到哪一步)(?:了|子)?',
  '(?:视频|影片|短片|片子)?(?:还没|还没有)?(?:做|弄|生成|渲染|制作|导出|处理)?(?:好|完|完成|做好|做完|结束)(?:了)?(?:吗|没|没有|了没|了没有)',
  '(?:做|进行|进展|制作|生成)(?:到|得)(?:哪|哪里|哪儿|哪一步|怎么样|如何)(?:了)?',
  '(?:我的|我们的)?(?:视频|影片|短片|片子)(?:在哪|在哪里|在哪儿|呢|怎么样了|如何了)',
  '还要多久|还需要多久|多久能好|什么时候好|什么时候能好',
];

const HELP = [
  '(?:help|manual|usage|commands?|instructions|menu|help menu)',
  '(?:help me|help us|help me out|i need help|need help|i need some help|need some help)',
  '(?:show|list|see|get|give)(?: (?:me|us))?(?: (?:the|all|your|all the|some))?(?: (?:help|commands|instructions|menu|usage))',
  '(?:what|which) (?:can|do|else can) (?:you|this bot|this|it) do(?: for (?:me|us))?',
  '(?:what are|which are|whats|what is)(?: (?:the|your))(?: available)? (?:commands|features|instructions)',
  'how (?:do|can|should|to)(?: (?:i|we|you|one))? use (?:this|it|you|the bot|this bot|nemo)',
  'how (?:does|do) (?:this|it|you|this bot|the bot|that) work',
  'how (?:do|can) (?:i|we) (?:start|begin|get started)|get(?:ting)? started',
  '(?:使用|操作|显示|查看|看)?(?:帮助|说明|说明书|指南|教程|指令|命令|菜单|功能|使用说明|使用方法|使用指南|用法|帮助信息|命令列表|指令列表)(?:列表|菜单)?',
  '(?:这个|你|这|机器人|这个机器人)?(?:怎么|如何|怎样|咋)(?:使用|用|操作|开始)(?:你|这个|它|这个机器人)?',
  '(?:你|您|你们|这个机器人|机器人)?(?:会|能|可以|能够|都会|都能)(?:做|干|帮我做|为我做)?(?:什么|啥|些什么|哪些事|哪些)',
  '(?:你|您)(?:有|有哪些|有什么)(?:功能|命令|指令|用)?',
  '我?需要帮助',
];

const STOP_WHAT =
  '(?:it|this|that|everything|now|working|generating|rendering|exporting|(?:the |this |that |my )?(?:job|task|turn|run|render|rendering|export|generation|process|request|work|video generation|current job|current task))';
const STOP = [
  `(?:stop|cancel|abort|halt)(?: ${STOP_WHAT})?`,
  '(?:停|停止|停下|停下来|取消|中止|终止|中断|打断)(?:它|这个|当前|现在的|正在进行的|的)*(?:任务|生成|渲染|导出|制作|工作|操作|请求|处理|运行)?',
  '(?:别|不要|不用|先别|先不要)(?:再)?(?:做|弄|生成|渲染|导出|制作|继续|搞)(?:下去)?',
  '(?:stop|cancel) ?(?:任务|生成|渲染|导出)',
  '(?:先)?(?:停|停下|停下来)',
];

const NEW = [
  'new(?: (?:video|project|session|movie|thread|one))?',
  '(?:start|begin|open|create)(?: (?:a|an|the))?(?: (?:new|fresh|another))(?: (?:video|project|session|one|start))?',
  '(?:start|begin)(?: (?:all|it|everything))? over(?: (?:again|from scratch|from the beginning|from zero))?',
  '(?:start|begin)(?: again)? from (?:scratch|the beginning|zero)',
  'start fresh|fresh start|clean slate|reset|reset (?:it|everything|the project|this project|the session)',
  '(?:新|新的)(?:视频|影片|项目|专案|会话|短片)',
  '(?:新建|新开|新增|创建|开启|建立|另建)(?:一个|个)?(?:新|新的)?(?:视频|影片|项目|专案|会话|短片)?',
  '(?:开始|开|换|再开|另开|起)(?:一个|个)?(?:新|新的)(?:视频|影片|项目|专案|会话|短片)',
  '(?:全部)?(?:重新开始|从头开始|从头再来|从零开始|从头来过|从头来|重置|重置项目)',
];

const RETRY = [
  'retry(?: (?:it|this|that|please|again))?',
  '(?:please )?(?:try|try it|try that|try this|give it a try)(?: (?:again|once more|one more time))',
  '(?:once more|one more try|one more time|another try|give it another (?:try|go|shot))',
  '(?:重试|再试|再试试|再试一次|再试一遍|重新试|重新尝试|再尝试一次|重试一次|再来一次|重试看看)',
];

const whole = (sources: readonly string[]): RegExp => new RegExp(`^(?:${sources.join('|')})$`, 'u');

/** First match wins. */
export const COMMANDS = [
  ['export', whole(EXPORT)],
  ['credits', whole(CREDITS)],
  ['status', whole(STATUS)],
  ['help', whole(HELP)],
  ['stop', whole(STOP)],
  ['new', whole(NEW)],
  ['retry', whole(RETRY)],
] as const;

/** Courtesy in front of a command; taken off one at a time, the rest is tried again. */
export const BEFORE =
  /^(?:please|pls|plz|kindly|hey|hi|hello|okay|ok|now|just|and|so|then|alright|great|perfect|good|nice|cool|awesome|super|thanks|thank you|yes|yeah|yep|yup|nemo|bot|(?:can|could|will|would) you|(?:can|could|may|should) (?:i|we)|(?:i|we) (?:want|need|wish|would like|would love)(?: you)?(?: to)?|(?:id|wed) (?:like|love)(?: you)?(?: to)?|i wanna|lets|let (?:us|me)|go ahead and) (?=.)|^(?:请问|麻烦你|麻烦您|麻烦|劳驾|拜托|请你|请您|请|帮忙|帮我|给我|帮|能不能|可不可以|可以|能否|能|我想要|我想|我要|现在|马上|立即|立刻|直接|那就|那|好的|好了|好|嗯|你|您|就)(?=.)/u;

/** Courtesy behind a command. */
export const AFTER =
  / (?:please|pls|plz|thanks|thank you|thanks a lot|thx|ty|now|right now|right away|immediately|asap|for me|for us|ok|okay|then|already|will you|would you|could you|if you can|if possible)$|(?<=.)(?:可以吗|好吗|行吗|可以么|好么|谢谢你|谢谢您|谢谢|谢了|多谢|感谢|拜托|一下|下|吧|啊|呀|呢|吗|么|嘛|哦|喔|啦|了|哈|呗|哟|请)$/u;
