import type { FeedbackWords } from '../en/feedback.ts';

export const feedback: FeedbackWords = {
  good: 'Buen video',
  bad: 'Mal video',
  thanks: 'Gracias, me alegra saberlo.',
  sorry: 'Gracias por decírmelo. ¿Qué debe ser distinto? Dímelo aquí o en el hilo y lo cambio.',
  known: 'Eso ya me lo has dicho.',
  gone: 'Ya no conozco este video.',
};
