/** Puts the page's own words, in the browser's language, over the English ones of index.html. */
import { language, texts } from './texts.ts';

export function labelPage(): void {
  document.documentElement.lang = language;
  const words: Readonly<Record<string, unknown>> = texts;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = String(words[element.getAttribute('data-text') ?? '']);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    const label = String(words[element.getAttribute('data-label') ?? '']);
    element.setAttribute('aria-label', label);
    if (element instanceof HTMLButtonElement) element.title = label;
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-placeholder]')) {
    element.setAttribute(
      'placeholder',
      String(words[element.getAttribute('data-placeholder') ?? '']),
    );
  }
}
