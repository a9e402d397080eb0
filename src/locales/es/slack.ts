import type { SlackWords } from '../en/slack.ts';
import { install } from './slack-install.ts';

export const slack: SlackWords = {
  newVideo: 'Nuevo video',
  newVideoTitle: 'Nuevo video',
  create: 'Crear',
  cancel: 'Cancelar',
  script: 'Guion o descripción',
  scriptHint:
    'Un guion, una historia o unas pocas palabras. Los guiones más largos se pueden adjuntar como archivo de texto.',
  files: 'Imágenes, clips, música, documentos',
  several: 'Con varios archivos',
  each: 'Hacer un video por cada archivo',
  before: 'Antes de hacerlo',
  planFirst: 'Mostrarme un plan primero',
  ratio: 'Formato',
  ratios: {
    '9:16': 'Vertical 9:16',
    '16:9': 'Horizontal 16:9',
    '1:1': 'Cuadrado 1:1',
    '4:3': 'Clásico 4:3',
  },
  length: 'Duración',
  lengths: { '15': 'Unos 15 segundos', '30': 'Unos 30 segundos', '60': 'Cerca de un minuto' },
  language: 'Idioma del video',
  voice: 'Voz',
  voiceHint: 'Quién habla y cómo: “una mujer tranquila”, “sin voz”.',
  music: 'Música',
  musicHint: 'Por ejemplo “piano suave” o “ninguna”.',
  style: 'Estilo',
  styleHint: 'Qué aspecto tiene: “acuarela”, “como un documental”.',
  where: 'Publicarlo en',
  nothingGiven: 'Escribe algo o adjunta un archivo.',
  wish: ({ ratio, length, language, voice, music, style }) =>
    [
      ratio ? `Formato: ${ratio}.` : '',
      length ? `Duración: unos ${length} segundos.` : '',
      language ? `Idioma: ${language}.` : '',
      voice ? `Voz: ${voice}.` : '',
      music ? `Música: ${music}.` : '',
      style ? `Estilo: ${style}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  started: (person) => `🎬 Un video nuevo para <@${person}>`,
  startedFrom: '🎬 Enseguida sale un video de este mensaje.',
  nothingInIt:
    'En este mensaje no hay nada con lo que pueda hacer un video: ni palabras ni archivos que pueda abrir.',
  begun: (link) => (link ? `🎬 Empieza aquí: ${link}` : '🎬 Ya empieza: busca mi hilo nuevo.'),
  notHere: 'Aún no estoy en este canal. Invítame primero: escribe `/invite` y elígeme.',
  noSuchWord: (word, { any }) =>
    `No conozco “${word}”. Después de \`${any}\` entiendo \`credits\`, \`video\`, \`status\`, \`export\`, \`versions\`, \`help\`, \`new\`, \`stop\`, \`profile\`, \`account\`, \`admin\`, \`forget\` o \`export-data\`.`,
  commands: ({ any, video, credits }) =>
    `**Comandos**: \`${video}\` y un guion, \`${credits}\`, y \`${any}\` con cualquier palabra: \`${any} estado\`, \`${any} exportar\`.`,
  notOpen:
    'Este bot no está abierto a tu espacio de trabajo, así que no se ha instalado. Habla con quien lo administra.',
  failed: 'Slack no me dejó hacerlo ahora mismo. Inténtalo otra vez.',
  account: {
    title: 'Cuenta de NemoVideo',
    submit: 'Hacerlo',
    what: 'Qué hacer',
    deeds: {
      'connect-person': 'Conectar una cuenta para mí',
      'connect-workspace': 'Conectar una para todos aquí (administradores)',
      'disconnect-person': 'Desconectar la mía',
      'disconnect-workspace': 'Desconectar la de todos (administradores)',
    },
    token: 'Token de API',
    tokenHint:
      'Se prueba enseguida, se guarda cifrado y no se muestra a nadie. Déjalo vacío para desconectar.',
    tokenMissing: 'Pega el token de API de tu cuenta de NemoVideo.',
  },
  install,
  change: {
    title: 'Cambiar algo',
    send: 'Enviar',
    label: '¿Qué debe ser distinto?',
  },
  home: {
    howTo: 'Cómo se usa',
    credits: 'Créditos',
    noCredits: 'Ahora mismo no se conoce el saldo.',
    recent: 'Proyectos recientes',
    none: 'Aún no hay proyectos. Mencióname en un canal con un guion, o pulsa *Nuevo video*.',
    open: 'Abrir',
  },
  promptsTitle: '¿Qué hacemos?',
};
