import { nameInText } from '../../conversation/language/shown-name.ts';
import type { LinksWords } from '../en/links.ts';
import { number } from './numbers.ts';

const because = (host: string, why: string) =>
  `No puedo usar el enlace a **${nameInText(host)}**: ${why}`;

export const links: LinksWords = {
  linkRead: (title, host, words) =>
    `📄 Leído *${nameInText(title)}* (${nameInText(host)}): ${number(words)} ${words === 1 ? 'palabra' : 'palabras'}.`,
  linksMost: (most) => `De cada mensaje solo miro los primeros ${number(most)} enlaces.`,
  linkedMessageHidden:
    'No puedo usar el enlace a ese mensaje: no puedo leerlo, o no es seguro que tú puedas. Copia aquí su texto.',
  linkProblem: {
    private: (host) =>
      because(host, 'lleva a una dirección que no es pública. Envía el texto o el archivo.'),
    robots: (host) =>
      because(host, 'el sitio no deja que los programas lean esa página. Pega aquí su texto.'),
    login: (host) =>
      because(
        host,
        'solo se abre con una cuenta. Compártelo con quien tenga el enlace, o pega aquí su texto.',
      ),
    paid: (host) =>
      because(host, 'el artículo es solo para suscriptores. Pega aquí el texto que puedas usar.'),
    gone: (host) => because(host, 'en esa dirección no hay nada. Revísala.'),
    slow: (host) =>
      because(host, 'tardó demasiado en responder. Prueba más tarde, o pega aquí el texto.'),
    large: (host) =>
      because(host, 'es demasiado grande. Pega aquí la parte de la que trata el video.'),
    wordless: (host) => because(host, 'no encontré allí ningún artículo. Pega aquí su texto.'),
    unreachable: (host) =>
      because(host, 'el sitio no respondió como debía. Prueba más tarde, o pega aquí el texto.'),
  },
  linkClosed: {
    film: (service) =>
      `No puedo tomar videos de **${nameInText(service)}**. Envía el archivo de video, o el texto que el video deba contar.`,
    music: (service) =>
      `No puedo tomar música de **${nameInText(service)}**. Envía un archivo de música que puedas usar, o di un estilo: hay una biblioteca para elegir.`,
    post: (service) =>
      `No puedo leer publicaciones de **${nameInText(service)}**. Pega aquí el texto y envía las imágenes como archivos.`,
    store: (service) =>
      `No puedo abrir archivos de **${nameInText(service)}**. Descarga el archivo y envíalo aquí.`,
  },
};
