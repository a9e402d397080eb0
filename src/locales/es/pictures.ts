import type { PicturesWords } from '../en/pictures.ts';
import { seconds } from './numbers.ts';

export const pictures: PicturesWords = {
  chart: {
    untitled: 'Línea de tiempo',
    empty: 'Aún no hay nada en la línea de tiempo',
    seconds: (length) => `${seconds(length)} s`,
    new: 'nuevo desde la última versión',
    changed: 'distinto desde la última versión',
    moreTracks: (n) => `y ${n} ${n === 1 ? 'pista' : 'pistas'} más`,
    about: {
      scene: (n) => `escena ${n}:`,
      music: (name) => `música “${name}”:`,
      title: (name) => `título “${name}”:`,
      track: (name) => `pista “${name}”:`,
    },
  },
  alt: {
    video: (about, length) =>
      [about ? `Video “${about}”` : 'El video', length ? `de ${seconds(length)} segundos` : '']
        .filter(Boolean)
        .join(', '),
    timeline: (inWords) => `Imagen de la línea de tiempo. ${inWords}`,
    answer: 'La respuesta completa como texto',
    captions: (about, kind) =>
      about ? `Subtítulos del video “${about}”, en ${kind}` : `Subtítulos del video, en ${kind}`,
  },
};
