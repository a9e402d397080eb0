/** Files on their way: chosen, dropped or pasted, uploaded at once, removable until they are sent. */
import type { PageConfig, WireFile } from '../wire.ts';
import { ApiError, api } from './api.ts';
import { el, icon, part } from './dom.ts';
import { fileSize, texts } from './texts.ts';

export interface Attachments {
  add(files: Iterable<File>): void;
  state(): 'none' | 'uploading' | 'broken' | 'ready';
  /** The uploaded files; the tray is empty after it. */
  take(): WireFile[];
}

interface Item {
  readonly chip: HTMLElement;
  readonly cancel: AbortController;
  uploaded?: WireFile;
  broken?: boolean;
}

export function createAttachments(
  config: PageConfig,
  say: (sentence: string) => void,
  onChange: () => void,
): Attachments {
  const tray = part('tray', HTMLElement);
  const items = new Set<Item>();

  function changed(): void {
    tray.hidden = items.size === 0;
    onChange();
  }

  function add(files: Iterable<File>): void {
    for (const file of files) {
      if (items.size >= config.maxFilesPerMessage) {
        say(texts.tooManyFiles(config.maxFilesPerMessage));
        break;
      }
      if (file.size > config.maxUploadBytes) {
        say(texts.fileTooLarge(file.name, fileSize(config.maxUploadBytes)));
        continue;
      }
      begin(file);
    }
    changed();
  }

  function begin(file: File): void {
    const bar = el('progress', {
      attrs: { max: 1, value: 0, 'aria-label': texts.uploading(file.name) },
    });
    const note = el('span', { class: 'size' }, fileSize(file.size));
    const picture = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined;
    const item: Item = { chip: el('li', { class: 'chip' }), cancel: new AbortController() };

    const leave = () => {
      item.cancel.abort();
      items.delete(item);
      item.chip.remove();
      if (picture) URL.revokeObjectURL(picture);
      changed();
    };
    const remove = el(
      'button',
      {
        class: 'remove',
        attrs: { type: 'button', 'aria-label': texts.remove(file.name) },
        on: { click: leave },
      },
      icon('close'),
    );
    const again = el(
      'button',
      { class: 'again', attrs: { type: 'button', hidden: true }, on: { click: () => void run() } },
      texts.tryAgain,
    );
    const thumbnail = picture ? el('img', { attrs: { src: picture, alt: '' } }) : icon('file');
    const name = el('span', { class: 'name', attrs: { title: file.name } }, file.name);
    item.chip.append(thumbnail, el('span', { class: 'about' }, name, note, bar), again, remove);
    items.add(item);
    tray.append(item.chip);

    async function run(): Promise<void> {
      item.broken = false;
      again.hidden = true;
      bar.hidden = false;
      item.chip.classList.remove('broken');
      note.textContent = fileSize(file.size);
      changed();
      try {
        item.uploaded = await api.upload(
          file,
          (share) => {
            bar.value = share;
          },
          item.cancel.signal,
        );
      } catch (error) {
        if (item.cancel.signal.aborted) return;
        item.broken = true;
        item.chip.classList.add('broken');
        note.textContent =
          error instanceof ApiError ? error.message : (texts.problem.unexpected ?? '');
        again.hidden = false;
      }
      bar.hidden = true;
      changed();
    }
    void run();
  }

  return {
    add,
    state() {
      const all = [...items];
      if (all.length === 0) return 'none';
      if (all.some((item) => item.broken)) return 'broken';
      return all.every((item) => item.uploaded) ? 'ready' : 'uploading';
    },
    take() {
      const taken = [...items].flatMap((item) => item.uploaded ?? []);
      for (const image of tray.querySelectorAll('img')) URL.revokeObjectURL(image.src);
      items.clear();
      tray.replaceChildren();
      changed();
      return taken;
    },
  };
}
