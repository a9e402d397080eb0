import { nameInText } from '../../conversation/language/shown-name.ts';
import type { FileUseShown } from '../../conversation/plan/plan.ts';
import type { PlanTexts } from '../en/plan.ts';
import { duration, number } from './numbers.ts';

const SHAPES: Readonly<Record<string, string>> = {
  portrait: 'vertical, 9:16',
  landscape: 'horizontal, 16:9',
  square: 'cuadrado, 1:1',
};

const USES: Readonly<Record<FileUseShown, string>> = {
  script: 'el guion',
  image: 'se muestra como imagen',
  video: 'se usa como clip',
  audio: 'se usa como sonido',
  file: 'para que NemoVideo lo vea',
  'spoken-script': 'lo que se dice es el guion',
  'spoken-message': 'lo que se dice son tus deseos',
  music: 'la música',
  unused: 'no se puede usar',
};

export const plan: PlanTexts = {
  heading: (kind, videos) =>
    kind === 'edit'
      ? '📋 **El plan de este cambio.**'
      : videos > 1
        ? `📋 **El plan: ${videos} videos.**`
        : '📋 **El plan.**',
  notYet: 'Aún no se ha hecho nada.',
  why: {
    always: 'Aquí muestro uno antes de cada video nuevo.',
    credits: 'Puede necesitar más créditos de los que hay, así que pregunto antes.',
    many: 'Son varios videos, así que pregunto antes.',
  },
  scenes: (n) => (n === 1 ? '**Escena**' : `**Escenas** (${n})`),
  videos: (n) => `**${n} videos**`,
  more: (n) => `y ${n} más`,
  length: (s) => `**Duración:** unos ${duration(s * 1000)}`,
  shape: (shape) => `**Formato:** ${SHAPES[shape] ?? shape}`,
  music: (words) => `**Música:** ${words === false ? 'ninguna' : nameInText(words)}`,
  title: (words) => `**Título:** ${words === false ? 'ninguno' : `“${nameInText(words)}”`}`,
  brand: (name) => `**Marca:** ${nameInText(name)}`,
  file: (name, use) => `**${nameInText(name)}:** ${USES[use]}`,
  moreFiles: (n) => (n === 1 ? 'y un archivo más' : `y ${n} archivos más`),
  added: (words) => `**Además:** ${words.map((it) => `“${it}”`).join(', ')}`,
  open: (what) => {
    const names = { seconds: 'duración', shape: 'formato', music: 'música', title: 'título' };
    return `No se ha dicho, así que lo decide NemoVideo: ${what.map((it) => names[it]).join(', ')}.`;
  },
  cost: (credits, minutes) =>
    `Cuesta unos ${number(credits)} créditos y tarda unos ${minutes} min.`,
  balance: (available) => `Disponibles ahora: ${number(available)} créditos.`,
  approve:
    'Tiene que aceptarlo un administrador: puede gastar muchos créditos, y solo cuenta si lo encarga él.',
  adminsOnly: (named) =>
    `Solo un administrador puede encargar esto, porque puede gastar muchos créditos. Pídele ${named === 0 ? 'a uno' : 'a uno de los nombrados arriba'} que lo encargue con el botón.`,
  ask: '¿Lo hago? También puedes escribir aquí lo que debe ser distinto.',
  make: 'Hazlo',
  change: 'Cambiar el plan',
  cancel: 'Cancelar',
  changeHint:
    'Escribe aquí lo que debe ser distinto, por ejemplo “30 segundos”, “vertical”, “quita la escena 2” o “sin música”.',
  ended: {
    made: '✅ En marcha.',
    changed: '↪️ Cambiado: el plan más reciente está más abajo.',
    cancelled: '✖️ Cancelado. No se hizo nada ni se gastó nada.',
    over: '✖️ Terminado: se empezó un proyecto nuevo.',
  },
  late: {
    made: 'Este plan ya está en marcha, o ya se hizo.',
    changed: 'Este plan se cambió. Usa el más reciente, más abajo.',
    cancelled: 'Este plan se canceló. Envía el guion otra vez para empezar de nuevo.',
    over: 'Este plan ya terminó. Envía el guion otra vez para empezar de nuevo.',
  },
  gone: 'Ya no tengo ese plan. Envía el guion otra vez para empezar de nuevo.',
  nothing: 'Aún no hay nada que planear. Envía un guion o archivos, y empieza con “plan primero”.',
};
