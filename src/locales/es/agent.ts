import type { AgentPhrases, TemporaryIssue } from '../locale.ts';

const KINDS = { image: 'imagen', video: 'video', audio: 'audio', file: 'archivo' } as const;

const RATIOS: Readonly<Record<string, string>> = {
  portrait: '9:16',
  landscape: '16:9',
  square: '1:1',
};

export const agent: AgentPhrases = {
  fromFile: 'Haz un video con este archivo.',
  fromFiles: 'Haz un video con estos archivos.',
  fromScript: 'Haz un video con este guion.',
  separate: ({ number, of }) =>
    `Haz un video nuevo y aparte (${number} de ${of}), solo con el material de este mensaje:`,
  forAll: (of, words) => `Esto se dijo sobre los ${of} videos: ${words}`,
  gist: 'El guion de abajo es una selección de uno mucho más largo. Cuenta su historia en un video corto.',
  uploaded: 'Archivos subidos: ',
  missing: (names) =>
    `Estos archivos no se pudieron usar y faltan; no inventes lo que contienen: ${names}`,
  comma: ', ',
  colon: ':',
  file: ({ name, kind, aliases, address }) =>
    `${name} (${[KINDS[kind], ...aliases.map((it) => `también llamado ${it}`), ...(address ? [address] : [])].join(', ')})`,
  plan: {
    decided: 'Estas decisiones sobre el video van antes que lo que se dice arriba:',
    leftOut: (scenes) =>
      `Deja fuera ${scenes.map(({ number, words }) => `la escena ${number} (“${words}”)`).join(' y ')}.`,
    seconds: (seconds) => `El video dura unos ${seconds} segundos.`,
    shape: (shape) => `Formato: ${RATIOS[shape] ?? shape}.`,
    music: (words) => (words === false ? 'Sin música.' : `Música: ${words}.`),
    title: (words) => (words === false ? 'Sin título.' : `Título: “${words}”.`),
    added: (words) => words,
  },
  brand: {
    head: 'Respeta nuestra marca, salvo que arriba se diga otra cosa:',
    name: (it) => `Nombre: ${it}.`,
    colours: (it) => `Colores: ${it}.`,
    intro: (it) => `Empieza con las palabras “${it}”.`,
    outro: (it) => `Termina con las palabras “${it}”.`,
    voice: (it) => `Voz: ${it}.`,
    music: (it) => `Música: ${it}.`,
    logo: (it) =>
      `El archivo subido ${it} es nuestro logotipo: muéstralo como logotipo, no como escena.`,
  },
  voice: {
    script: (name) => `${name} es un mensaje de voz: lo que se dice en él es el guion del video.`,
    message: (name) =>
      `${name} es un mensaje de voz: lo que se dice en él es mi mensaje para ti sobre este video.`,
    music: (name) => `${name} es la música del video, no su guion.`,
  },
};

export const temporaryIssue: TemporaryIssue = {
  issue:
    /(?<!\p{L})(?:se (?:ha producido|produjo|ha presentado|presentó)|ha(?: ocurrido| habido| surgido)|ocurrió|hubo|surgió|(?:me )?(?:he encontrado|encontré|he tenido|tuve|me topé)(?: con)?) (?:un|algún) (?:pequeño )?(?:problema|error|fallo|inconveniente) (?:temporal|momentáneo|pasajero|transitorio)/iu,
  around:
    /^(?:lo (?:siento|sentimos|lamento)(?: mucho)?|perdón|perdona|disculpa|disculpe|disculpas|mis disculpas|lamentablemente|por desgracia|por favor|inténtalo|inténtelo|intenta|intente|prueba|vuelve a intentarlo|vuelva a intentarlo|puedes intentarlo|puede intentarlo)(?=[\s,.!]|$)[^\n]{0,80}$/iu,
};
