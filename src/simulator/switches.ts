/**
 * What can be asked of the stand-in by a phrase in a message, `[[sim:NAME]]`: faults and variants
 * that a real backend shows now and then and that nobody can wait for.
 */
interface Switch {
  readonly name: string;
  /** When it acts: instead of a run, on the stream, on the session's next export, or on how its draft is shown from then on. */
  readonly on: 'request' | 'stream' | 'render' | 'draft';
  readonly does: { readonly en: string; readonly zh: string };
}

export const SIMULATOR_SWITCHES = [
  on('stream', 'silent', 'the edit is made, but the agent says nothing', '改了但不说话'),
  on('stream', 'gui', 'the agent talks about buttons and panels', '回复里提到按钮和面板'),
  on('stream', 'question', 'the agent asks a question back', '反问一个问题'),
  on('stream', 'thought', 'the agent shows its thoughts on the stream', '流里带有思考内容'),
  on('stream', 'nothing', 'the stream closes at once, nothing is done', '立刻结束，什么也不做'),
  on('stream', 'slow', 'the work takes five more minutes', '多花五分钟'),
  on('stream', 'stall', 'not one byte for 20 minutes', '二十分钟没有任何数据'),
  on('stream', 'endless', 'heartbeats only for 20 minutes', '二十分钟只有心跳'),
  on('stream', 'open-end', 'the stream stays open after the last word', '说完后连接不关闭'),
  on('stream', 'drop', 'the connection breaks, the work goes on', '连接中断，工作继续'),
  on(
    'stream',
    'drop-late',
    'the same, and the result comes two minutes late',
    '连接中断，结果晚两分钟',
  ),
  on('stream', 'drop-never', 'the connection breaks and nothing comes of it', '连接中断，没有结果'),
  on(
    'stream',
    'late-write',
    'the result is stored 4 s after the stream closed',
    '结束 4 秒后才写入结果',
  ),
  on('stream', 'error', 'an error in mid-stream', '中途报错'),
  on('stream', 'error-broken', 'the same, as invalid JSON', '中途报错，且 JSON 无效'),
  on('stream', 'safety', 'the model refuses for safety', '模型以安全为由拒绝'),
  on('stream', 'max-tokens', 'the answer is cut off', '回答被截断'),
  on(
    'stream',
    'temp-issue',
    'ends with “temporary issue” after a good answer',
    '正常回复后提示暂时性问题',
  ),
  on('stream', 'temp-issue-only', '“temporary issue” is all it says', '只提示暂时性问题'),
  on('stream', 'leak', 'the agent says the secret token aloud', '回复里带有密钥'),
  on('stream', 'garbage', 'lines that make no sense, then the end', '返回乱码后结束'),
  on('stream', 'huge-event', 'one event of 10 MB', '单个 10 MB 的事件'),
  on('stream', 'no-credits-stream', 'credits run out, told on the stream', '在流里提示积分用完'),
  on('stream', 'adk-stream', 'speaks in small pieces', '逐字输出'),
  on('stream', 'typed', 'typed events instead of ADK events', '使用 typed 事件'),
  on('stream', 'flat', 'flat events, words only', '使用 flat 事件'),
  on('request', 'no-credits', 'the credits are used up (2001)', '积分用完（2001）'),
  on('request', 'expired', 'the access has expired (1001)', '访问已过期（1001）'),
  on('request', 'lost-session', 'the project is gone (1002)', '项目已丢失（1002）'),
  on('request', 'rate-limit', 'too many requests, once (429)', '请求过多，一次（429）'),
  on('request', '502', 'a gateway fails, nothing is done', '网关出错，什么也没做'),
  on(
    'request',
    '502-done',
    'a gateway fails, the work is done all the same',
    '网关出错，但工作完成',
  ),
  on('request', 'html', 'a page of HTML instead of an answer', '返回 HTML 页面'),
  on('render', 'render-fail', 'the next export fails once', '下一次导出失败一次'),
  on('render', 'render-fail-twice', 'it fails twice', '导出失败两次'),
  on('render', 'render-stuck', 'it never ends', '导出卡住'),
  on('render', 'render-slow', 'it takes six minutes', '导出需要六分钟'),
  on('render', 'plan', 'the plan does not allow export (402)', '套餐不允许导出（402）'),
  on('render', 'no-url', 'it is done, but no link is given', '导出完成但没有链接'),
  on('render', 'bad-link', 'its link answers 403', '链接返回 403'),
  on('render', 'big-file', 'the MP4 weighs 30 MB', 'MP4 有 30 MB'),
  on('draft', 'markup-draft', 'the project is stored as markup', '项目以标记语言保存'),
  on('draft', 'strange-draft', 'it is stored in a form that nobody knows', '项目以未知格式保存'),
] as const satisfies readonly Switch[];

export type SwitchName = (typeof SIMULATOR_SWITCHES)[number]['name'];

const PHRASE = /\[\[\s*sim\s*:\s*([a-z0-9-]+)\s*\]\]/gi;

/** Takes the phrases out of a message. Unknown names are left in, so that a typo is seen. */
export function readSwitches(message: string): { text: string; switches: ReadonlySet<SwitchName> } {
  const switches = new Set<SwitchName>();
  const text = message.replace(PHRASE, (phrase, name: string) => {
    const known = SIMULATOR_SWITCHES.find((entry) => entry.name === name.toLowerCase());
    if (known) switches.add(known.name);
    return known ? '' : phrase;
  });
  return { text: text.trim(), switches };
}

/** The switches among those given that act at one moment. */
export function switchesOn(moment: Switch['on'], names: ReadonlySet<SwitchName>): SwitchName[] {
  return SIMULATOR_SWITCHES.filter((entry) => entry.on === moment && names.has(entry.name)).map(
    (entry) => entry.name,
  );
}

function on<const Name extends string>(moment: Switch['on'], name: Name, en: string, zh: string) {
  return { name, on: moment, does: { en, zh } };
}
