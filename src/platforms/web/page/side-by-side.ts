/** Two versions played side by side: one button, one position, the sound of one of them. */
import { el, icon } from './dom.ts';
import { shortDate, texts } from './texts.ts';
import type { PlayableVersion } from './versions.ts';

/** In seconds: further apart than that is seen. */
const APART = 0.2;

export function playBeside(before: PlayableVersion, after: PlayableVersion): void {
  const pair = [before, after];
  const [leader, follower] = [videoOf(before), videoOf(after)];
  const videos = [leader, follower];
  const title = `${before.name} · ${after.name}`;
  const toggle = el('button', { class: 'button primary', attrs: { type: 'button' } });
  const position = el('input', {
    attrs: { type: 'range', min: 0, max: 1, step: 'any', 'aria-label': texts.position },
  });
  const clock = el('span', { class: 'clock' });
  const close = el(
    'button',
    { class: 'tool', attrs: { type: 'button', 'aria-label': texts.close } },
    icon('close'),
  );

  const isOver = (video: HTMLVideoElement) => video.ended || video.error !== null;
  const isPlaying = () => videos.some((video) => !video.paused && !isOver(video));
  const length = () =>
    Math.max(0.1, ...videos.map(({ duration }) => (Number.isFinite(duration) ? duration : 0)));
  const now = () => Math.max(leader.currentTime, follower.currentTime);

  function draw(): void {
    const plays = isPlaying();
    const label = plays ? texts.pauseBoth : texts.playBoth;
    if (toggle.getAttribute('data-label') !== label) {
      toggle.setAttribute('data-label', label);
      toggle.replaceChildren(icon(plays ? 'pause' : 'play'), label);
    }
    position.max = String(length());
    position.value = String(now());
    const told = `${seconds(now())} / ${seconds(length())}`;
    clock.textContent = told;
    position.setAttribute('aria-valuetext', told);
  }

  function go(to: number): void {
    for (const video of videos)
      video.currentTime = Math.min(to, Number.isFinite(video.duration) ? video.duration : to);
  }

  async function playOrPause(): Promise<void> {
    if (isPlaying()) for (const video of videos) video.pause();
    else {
      if (videos.every(isOver)) go(0);
      // The shorter one stays at its end. What a browser refuses to play is shown as not playing.
      const left = videos.filter((video) => !isOver(video));
      await Promise.allSettled(left.map((video) => video.play()));
    }
    draw();
  }

  /** The one whose sound is heard is the one that the other keeps to. */
  function keepTogether(): void {
    const both = videos.every((video) => !video.paused && !isOver(video) && !video.seeking);
    if (both && Math.abs(leader.currentTime - follower.currentTime) > APART)
      follower.currentTime = leader.currentTime;
    draw();
  }

  function hear(heard: number): void {
    for (const [index, video] of videos.entries()) video.muted = index !== heard;
  }

  const sound = el(
    'fieldset',
    { class: 'sound' },
    el('legend', {}, texts.sound),
    ...[...pair.map(({ name }) => name), texts.noSound].map((label, index) =>
      el(
        'label',
        {},
        el('input', {
          attrs: { type: 'radio', name: 'sound', checked: index === 0 },
          on: { change: () => hear(index) },
        }),
        label,
      ),
    ),
  );
  hear(0);
  for (const video of videos) {
    for (const event of ['play', 'pause', 'ended', 'durationchange', 'error'] as const)
      video.addEventListener(event, draw);
    video.addEventListener('timeupdate', keepTogether);
    video.addEventListener('click', () => void playOrPause());
  }
  toggle.addEventListener('click', () => void playOrPause());
  position.addEventListener('input', () => {
    go(Number(position.value));
    draw();
  });

  const dialog = el(
    'dialog',
    { class: 'beside', attrs: { 'aria-label': `${texts.sideBySide}: ${title}` } },
    el('div', { class: 'beside-head' }, el('h2', {}, title), close),
    el('div', { class: 'pair' }, ...pair.map((version, index) => figureOf(version, videos[index]))),
    el('div', { class: 'controls' }, toggle, position, clock),
    sound,
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    // What is still loading is called off.
    for (const video of videos) {
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
    dialog.remove();
  });
  document.body.append(dialog);
  draw();
  dialog.showModal();
  toggle.focus();
}

const videoOf = ({ file, name }: PlayableVersion): HTMLVideoElement =>
  el('video', {
    attrs: { src: `/files/${file.id}`, playsinline: true, preload: 'auto', 'aria-label': name },
  });

function figureOf(
  { name, at, details, changes }: PlayableVersion,
  video: HTMLVideoElement | undefined,
): HTMLElement {
  return el(
    'figure',
    {},
    video,
    el(
      'figcaption',
      {},
      el('strong', {}, name),
      el('span', {}, [shortDate(at), details].filter(Boolean).join(' ')),
      ...changes.map((change) => el('span', { class: 'change' }, change)),
    ),
  );
}

const seconds = (value: number): string => {
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};
