/** The finished videos of the open conversation, as a strip under the newest of them. */
import type { WireVersion } from '../wire.ts';
import { ApiError, api } from './api.ts';
import { el, icon } from './dom.ts';
import { playBeside } from './side-by-side.ts';
import { shortDate, texts } from './texts.ts';

/** One that can be played here. */
export interface PlayableVersion extends WireVersion {
  readonly file: NonNullable<WireVersion['file']>;
}

export interface VersionStrip {
  /** Asks which there are in the conversation, and shows them where there is a choice. */
  show(thread: string): Promise<void>;
  clear(): void;
}

const playableIn = (versions: readonly WireVersion[]): PlayableVersion[] =>
  versions.flatMap(({ file, ...version }) =>
    file?.mime.startsWith('video/') ? [{ ...version, file }] : [],
  );

export function createVersionStrip(
  elementOf: (message: string) => HTMLElement | undefined,
): VersionStrip {
  let wanted = '';
  let asked = 0;
  let strip: HTMLElement | undefined;

  function clear(): void {
    wanted = '';
    asked += 1;
    strip?.remove();
    strip = undefined;
  }

  async function show(thread: string): Promise<void> {
    wanted = thread;
    asked += 1;
    const mine = asked;
    const found = await api.versions(thread).catch((error: unknown) => {
      // A conversation without its strip is still one.
      if (!(error instanceof ApiError)) throw error;
      return { versions: [] };
    });
    if (mine !== asked || thread !== wanted) return;
    const playable = playableIn(found.versions);
    const newest = playable.at(-1);
    strip?.remove();
    strip = undefined;
    if (!newest?.message || playable.length < 2) return;
    strip = stripOf(playable);
    elementOf(newest.message)?.querySelector('.files')?.after(strip);
    // The newest are the ones that are chosen.
    strip.querySelector('ul')?.scrollTo({ left: Number.MAX_SAFE_INTEGER });
  }

  return { show, clear };
}

/** Two are chosen at a time: the last two at first, then those that were pressed last. */
function stripOf(versions: readonly PlayableVersion[]): HTMLElement {
  let chosen = versions.slice(-2);
  const chips = versions.map((version) => {
    const button = el(
      'button',
      {
        class: 'version',
        attrs: { type: 'button', title: version.changes.join('\n') || undefined },
        on: { click: () => choose(version) },
      },
      el('strong', {}, version.name),
      el('span', {}, shortDate(version.at)),
    );
    return { version, button };
  });
  const open = el(
    'button',
    { class: 'button plain', attrs: { type: 'button' }, on: { click: play } },
    icon('play'),
    texts.sideBySide,
  );

  function choose(version: PlayableVersion): void {
    chosen = chosen.includes(version)
      ? chosen.filter((it) => it !== version)
      : [...chosen, version].slice(-2);
    draw();
  }

  function play(): void {
    const [before, after] = versions.filter((version) => chosen.includes(version));
    if (before && after) playBeside(before, after);
  }

  function draw(): void {
    for (const { version, button } of chips)
      button.setAttribute('aria-pressed', String(chosen.includes(version)));
    open.disabled = chosen.length < 2;
  }

  draw();
  return el(
    'section',
    { class: 'versions', attrs: { 'aria-label': texts.versions } },
    el('h3', {}, texts.versions),
    el('ul', {}, ...chips.map(({ button }) => el('li', {}, button))),
    open,
  );
}
