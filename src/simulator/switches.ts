/**
 * What can be asked of the stand-in by a phrase in a message, `[[sim:NAME]]`: faults and variants
 * that a real backend shows now and then and that nobody can wait for.
 */
interface Switch {
  readonly name: string;
  /** When it acts: instead of a run, on the stream, on the session's next export, or on how its draft is shown from then on. */
  readonly on: 'request' | 'stream' | 'render' | 'draft';
}

/** What each does is told by the locales, in the help of the demo. */
export const SIMULATOR_SWITCHES = [
  on('stream', 'silent'),
  on('stream', 'gui'),
  on('stream', 'question'),
  on('stream', 'thought'),
  on('stream', 'nothing'),
  on('stream', 'slow'),
  on('stream', 'stall'),
  on('stream', 'endless'),
  on('stream', 'open-end'),
  on('stream', 'drop'),
  on('stream', 'drop-late'),
  on('stream', 'drop-never'),
  on('stream', 'late-write'),
  on('stream', 'error'),
  on('stream', 'error-broken'),
  on('stream', 'safety'),
  on('stream', 'max-tokens'),
  on('stream', 'temp-issue'),
  on('stream', 'temp-issue-only'),
  on('stream', 'leak'),
  on('stream', 'garbage'),
  on('stream', 'huge-event'),
  on('stream', 'no-credits-stream'),
  on('stream', 'adk-stream'),
  on('stream', 'typed'),
  on('stream', 'flat'),
  on('request', 'no-credits'),
  on('request', 'expired'),
  on('request', 'lost-session'),
  on('request', 'rate-limit'),
  on('request', '502'),
  on('request', '502-done'),
  on('request', 'html'),
  on('render', 'render-fail'),
  on('render', 'render-fail-twice'),
  on('render', 'render-stuck'),
  on('render', 'render-slow'),
  on('render', 'plan'),
  on('render', 'no-url'),
  on('render', 'bad-link'),
  on('render', 'big-file'),
  on('draft', 'markup-draft'),
  on('draft', 'strange-draft'),
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

function on<const Name extends string>(moment: Switch['on'], name: Name) {
  return { name, on: moment };
}
