import { nameInText } from '../../conversation/language/shown-name.ts';
import type { FilesWords } from '../en/files.ts';
import { type UnreadNames, unreadParts } from '../unread-parts.ts';
import { bytes, number } from './numbers.ts';

const unusable = (name: string, why: string): string =>
  `No puedo usar **${nameInText(name)}**: ${why}`;

export const files: FilesWords = {
  refusedKind: (name, kinds, better) =>
    unusable(
      name,
      `no admito este tipo de archivo.${better ? ` Guárdalo como ${better.replace(', ', ' o ')}.` : ''} Se admiten: ${kinds}.`,
    ),
  refusedContent: (name, kinds) =>
    unusable(name, `su contenido no es lo que dice el nombre. Se admiten: ${kinds}.`),
  refusedSize: (name, limit) =>
    unusable(name, `pesa más de ${bytes(limit)}. Comprímelo o recórtalo.`),
  refusedByBackend: (name, limit) =>
    unusable(
      name,
      `pesa demasiado para NemoVideo (${bytes(limit)} como máximo). Comprímelo o recórtalo.`,
    ),
  refusedEmpty: (name) => unusable(name, 'el archivo está vacío (0 bytes).'),
  refusedGone: (name) => unusable(name, 'el archivo ya no está. Envíalo otra vez.'),
  refusedExternal: (name, service) =>
    unusable(
      name,
      service
        ? `está guardado en ${nameInText(service)}, donde no puedo abrirlo. Descárgalo allí y envía aquí el archivo.`
        : 'está fuera de este chat. Envía el archivo en sí.',
    ),
  refusedHidden: (name) =>
    unusable(name, 'está oculto por los límites de este espacio de trabajo.'),
  refusedPermission: (name) =>
    unusable(name, 'aquí no tengo permiso para leer archivos. Un administrador puede cambiarlo.'),
  refusedCutOff: (name) => unusable(name, 'la transferencia se cortó. Envíalo otra vez.'),
  refusedUpload: (name) => unusable(name, 'NemoVideo no lo aceptó. Inténtalo más tarde.'),
  scriptCut: (limit) => `Es muy largo: leí los primeros ${number(limit)} caracteres.`,
  scriptTooLong: (name, length, limit) =>
    `${name ? `**${nameInText(name)}**` : 'El guion'} es largo: ${number(length)} caracteres, y un video se hace con ${number(limit)} como máximo. ¿Uso la primera parte o acorto el conjunto a sus frases más importantes? También puedes enviar una versión más corta.`,
  scriptFits: (fit, used, length) =>
    fit === 'gist'
      ? `✂️ Acortado: uso los ${number(used)} caracteres más importantes de ${number(length)}.`
      : `✂️ Uso los primeros ${number(used)} de ${number(length)} caracteres; el resto puede ser el siguiente video.`,
  fileRead: (name, words) =>
    `📄 Leído **${nameInText(name)}**: ${number(words)} ${words === 1 ? 'palabra' : 'palabras'}.`,
  fileGot: (name, kind, as) =>
    `📎 Recibido **${nameInText(name)}** (${KINDS[kind]})${name === as ? '' : `, como **${nameInText(as)}**`}.`,
  voiceUsed: (use, name) =>
    use === 'music'
      ? `🎵 La música de tu video será **${nameInText(name)}**.`
      : `🎙️ Tomo lo que se dice en **${nameInText(name)}** como ${use === 'script' ? 'el guion' : 'tu mensaje'}. Si es música, dímelo.`,
  refusedVoice: (name) => unusable(name, 'la grabación está dañada. Grábala otra vez.'),
  refusedLongVoice: (name, minutes) =>
    unusable(
      name,
      `la grabación es demasiado larga (${minutes} minutos como máximo). Envía una más corta o escribe el texto.`,
    ),
  refusedSilent: (name) => unusable(name, 'no tiene sonido. Grábala otra vez.'),
  fileSame: (name, other) =>
    name === other
      ? `📎 **${nameInText(name)}** ya está aquí.`
      : `📎 **${nameInText(name)}** es igual que **${nameInText(other)}**, que ya está aquí.`,
  refusedWordless: (name) => unusable(name, 'no contiene texto.'),
  refusedScanned: (name) =>
    unusable(name, 'contiene imágenes de páginas y ningún texto. Envía el texto en sí.'),
  refusedEncrypted: (name) =>
    unusable(name, 'está protegido con una contraseña. Envíalo sin ella.'),
  refusedDamaged: (name) => unusable(name, 'el archivo está dañado. Guárdalo y envíalo otra vez.'),
  refusedLongDocument: (name) =>
    unusable(
      name,
      'el documento es demasiado grande para leerlo. Envía uno más corto o pega el texto.',
    ),
  refusedSlow: (name) => unusable(name, 'leerlo lleva demasiado tiempo. Mejor pega su texto.'),
  refusedUnreachable: (name) => unusable(name, 'no pude obtenerlo ahora mismo. Envíalo otra vez.'),
  unread: (parts) =>
    `No puedo leer todo el mensaje. Dejo fuera: ${unreadParts(parts, UNREAD)}. Si hace falta, envíalo como texto o como archivo.`,
};

const UNREAD: UnreadNames = {
  canvas: 'un canvas',
  list: 'una lista',
  poll: 'una encuesta',
  'app-card': 'lo que muestra una aplicación',
  other: 'una parte que no conozco',
};

const KINDS = { video: 'video', image: 'imagen', audio: 'audio' } as const;
