/** Where the person writes: text, files, commands; Enter sends. */
import type { PageConfig, WireFile } from '../wire.ts';
import { createAttachments } from './attachments.ts';
import { createCommandPopup } from './command-popup.ts';
import { readTyped, type Typed } from './commands.ts';
import { part } from './dom.ts';
import { texts } from './texts.ts';
import { createWishes } from './wishes.ts';

export interface Composer {
  focus(): void;
  /** Puts words into the box, for the person to change or send. */
  propose(text: string): void;
  /** The person pressed "Change something"; `hint` is what may be written. */
  askForChange(hint: string): void;
  /** A new video may be begun with wishes. */
  offerWishes(isNew: boolean): void;
}

const TALLEST = 240;

/** Safari tells of the Enter that ends a composition only after its end, and by this key code alone. */
const IN_COMPOSITION = 229;

export function createComposer(
  config: PageConfig,
  send: (typed: Typed, files: readonly WireFile[]) => void,
): Composer {
  const form = part('composer', HTMLFormElement);
  const box = part('message', HTMLTextAreaElement);
  const button = part('send', HTMLButtonElement);
  const picker = part('picker', HTMLInputElement);
  const hint = part('hint', HTMLElement);
  const planFirst = part('plan-first', HTMLInputElement);

  const files = createAttachments(config, say, refresh);
  const popup = createCommandPopup(box, (name) => {
    put(name === 'video' ? '/video ' : `/${name}`);
    if (name !== 'video') submit();
  });

  const wishes = createWishes();

  function say(sentence: string | undefined): void {
    hint.textContent = sentence ?? texts.hint;
    hint.classList.toggle('alert', sentence !== undefined);
  }

  function refresh(): void {
    const isEmpty = box.value.trim() === '' && files.state() === 'none';
    button.setAttribute('aria-disabled', String(isEmpty || files.state() === 'uploading'));
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, TALLEST)}px`;
  }

  function put(text: string): void {
    box.value = text;
    box.focus();
    box.setSelectionRange(text.length, text.length);
    refresh();
  }

  function submit(): void {
    const state = files.state();
    if (state === 'uploading' || state === 'broken') {
      say(state === 'uploading' ? texts.stillUploading : texts.removeBroken);
      return;
    }
    const typed = readTyped(box.value);
    if (typed.type === 'message' && typed.text.trim() === '' && state === 'none') return;
    // A command carries no files: they stay for the message that comes next.
    if (typed.type === 'message') send(withPlan(wishes.take(typed.text)), files.take());
    else send(typed, []);
    box.value = '';
    box.placeholder = texts.placeholder;
    say(undefined);
    refresh();
  }

  /** In words, as anybody may write them: what was asked for stays to be seen. */
  function withPlan(text: string): Typed {
    const wanted = planFirst.checked;
    planFirst.checked = false;
    // Behind the rest: the first words are what the conversation is called by.
    const words = wanted ? [text, texts.planFirstWords] : [text];
    return { type: 'message', text: words.filter((it) => it !== '').join('\n\n') };
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener('keydown', (event) => {
    // While a word is being composed (Chinese, Japanese), Enter belongs to the input method.
    if (event.isComposing || event.keyCode === IN_COMPOSITION) return;
    if (popup.takesKey(event)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  box.addEventListener('input', () => {
    say(undefined);
    refresh();
  });
  box.addEventListener('paste', ({ clipboardData }) => {
    if (clipboardData?.files.length) files.add(clipboardData.files);
  });
  part('attach', HTMLButtonElement).addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    files.add(picker.files ?? []);
    picker.value = '';
    box.focus();
  });
  acceptDrops((dropped) => {
    files.add(dropped);
    box.focus();
  });

  say(undefined);
  refresh();
  return {
    focus: () => box.focus(),
    propose: put,
    offerWishes: wishes.offer,
    askForChange(hint) {
      box.placeholder = hint;
      box.focus();
    },
  };
}

/** Files may be dropped anywhere on the page. */
function acceptDrops(take: (files: FileList) => void): void {
  const veil = part('veil', HTMLElement);
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    veil.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) take(event.dataTransfer.files);
  });
}
