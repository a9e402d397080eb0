import type { VersionsWords } from '../en/versions.ts';
import { counted, moment } from './numbers.ts';

const SHAPE = { portrait: 'vertical', landscape: 'horizontal', square: 'cuadrado' };

export const versions: VersionsWords = {
  versions: {
    name: (number) => `v${number}`,
    named: (name, details) => `${name} ${details}`.trim(),
    button: 'Versiones',
    export: (name) => `Exportar ${name}`,
    compare: (one, other) => `Comparar v${one} y v${other}`,
    none: 'En este hilo aún no hay ningún video terminado. Escribe `exportar` para hacer uno.',
    title: (count) =>
      count === 1
        ? 'Por ahora hay un video terminado:'
        : `Hay ${counted(count, 'un video terminado', 'videos terminados')}, el más reciente primero:`,
    entry: (name, when, details) => `**${name}** · ${when} ${details}`.trim(),
    when: moment,
    more: (count) => `y ${counted(count, 'uno anterior', 'anteriores')}`,
    hint: (name) =>
      `Para tener uno otra vez, escribe \`exportar ${name}\` o \`${name} 720p\`; con \`comparar v1 y v2\` te digo qué ha cambiado.`,
    compared: (from, to) => `Lo que ha cambiado de ${from} a ${to}:`,
    nothingToSee: 'Nada que se vea en la línea de tiempo.',
    notComparable:
      'No se puede saber qué ha cambiado: uno de los dos es de antes de que yo guardara de qué se hacen los videos.',
    onlyOne: 'Por ahora solo hay un video terminado, así que no hay con qué compararlo.',
    unknown: (name, newest) =>
      `En este hilo no hay ${name}. La más reciente es ${newest}; escribe \`versiones\` para verlas todas.`,
    notKept: (name, url) =>
      `${name} no se puede renderizar otra vez: no se guardó de qué se hizo.${url ? ` Este era su enlace:\n${url}` : ''}`,
    again: (url, details) => `✅ Aquí está otra vez: ${details}\n${url}`,
    shapeStays: (version, shape) =>
      `Al renderizar no se puede cambiar la forma, así que v${version} queda como estaba. Para cambiar el video actual, escribe “hazlo ${SHAPE[shape]}”.`,
  },
};
