import type { RenderWords } from '../en/render.ts';
import { bytes, joined, seconds } from './numbers.ts';

export const render: RenderWords = {
  exportNothing: 'Aún no hay nada que exportar: primero crea algo.',
  lastWords: (text) => `Lo último que dijo NemoVideo: “${text}”`,
  videoReady: (url, details) =>
    `✅ ¡El video está listo!${details ? ` ${details}` : ''}${url ? `\n${url}` : ''}`,
  videoAgain: (url, details) =>
    `✅ Nada ha cambiado desde que se hizo este video, así que aquí está otra vez.${details ? ` ${details}` : ''}\n${url}`,
  details: (width, height, length) =>
    joined([
      width && height ? `${width}×${height}` : undefined,
      length ? `${seconds(length)} s` : undefined,
    ]),
  fileTooLarge: (size, limit) =>
    `El archivo${size ? ` (${bytes(size)})` : ''} supera el límite de ${bytes(limit)} de este lugar, así que aquí tienes el enlace.`,
  smallerCopy: 'Una copia más pequeña para verla aquí; la completa está en el enlace.',
  fileTooLargeHere:
    'El archivo es más grande de lo que se permite aquí, así que aquí tienes el enlace.',
  fileNotAllowed: 'Aquí no se pueden publicar archivos, así que aquí tienes el enlace.',
  fileStorageFull:
    'El espacio para archivos de este lugar está lleno, así que aquí tienes el enlace.',
  fileNoRoom:
    'Ahora mismo no hay espacio para pasar el archivo por aquí, así que aquí tienes el enlace.',
  fileFailed: 'El archivo no se pudo publicar aquí, así que aquí tienes el enlace.',
  fileThreadGone: 'Ya no llego a ese hilo, así que aquí tienes el enlace.',
  outputBroken:
    'No pude obtener el video para publicarlo aquí. Puede que el enlace aún funcione; perdona las molestias.',
  outputGone:
    'El video está terminado, pero no pude obtener su archivo. Escribe `exportar` para renderizarlo otra vez.',
  exportFailed: 'La exportación falló; inténtalo más tarde.',
  exportFailedUnreadable:
    'La exportación falló. La línea de tiempo del proyecto está en un formato que no puedo leer, así que no sé si ya hay un video en ella. Pide el video otra vez o intenta exportar más tarde.',
  exportSlow:
    'La exportación tarda más de lo normal. Sigo pendiente y publico el video cuando esté listo; con `exportar` lo miro ahora mismo.',
  exportLate: 'La exportación tarda más de lo normal. Publicaré este video cuando esté listo.',
  exportAbandoned:
    'La exportación no terminó en media hora. Escribe `exportar` para intentarlo otra vez.',
  planBlocked:
    'Tu plan actual no incluye la exportación. Regístrate o mejora tu plan para poder exportar.',
  planLink: (url) => `Regístrate o mejora tu plan aquí: ${url}`,
};
