import { nameInText } from '../../conversation/language/shown-name.ts';
import type { CaptionsWords } from '../en/captions.ts';
import { counted } from './numbers.ts';

const lines = (n: number): string => counted(n, 'una línea', 'líneas');

export const captions: CaptionsWords = {
  button: 'Subtítulos',
  fromTrack: (n) =>
    `Aquí están los subtítulos del video: ${lines(n)}, al compás de la línea de tiempo.`,
  fromScript: (name, n) =>
    `Aquí está ${nameInText(name)} al compás del video: ${lines(n)}, a la hora de cada escena.`,
  none: 'Aún no hay subtítulos en la línea de tiempo. Pídelos y podré dártelos en un archivo.',
  notInStep: (name) =>
    `No hay subtítulos en la línea de tiempo, y no puedo saber qué líneas de ${nameInText(name)} son de cada escena. Pide subtítulos y podré dártelos en un archivo.`,
  scriptGone: (name) =>
    `No hay subtítulos en la línea de tiempo, y ${nameInText(name)} ya no se puede leer. Envíalo otra vez o pide subtítulos.`,
  notTaken: 'Aquí no se pueden publicar archivos, así que no puedo darte los subtítulos.',
  add: 'Añadir subtítulos',
  addWords: 'Añade subtítulos',
  comes: 'Los subtítulos llegan en el hilo del proyecto.',
};
