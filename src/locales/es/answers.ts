import type { AnswersWords } from '../en/answers.ts';
import { changesInSpanish } from './changes.ts';
import { listed } from './numbers.ts';

/** Numbers come with a dot before their decimals. */
const comma = (seconds: string): string => seconds.replace('.', ',');

export const answers: AnswersWords = {
  timelineLabels: {
    timeline: (n) => `Línea de tiempo (${n} ${n === 1 ? 'pista' : 'pistas'})`,
    video: 'Video',
    music: 'Música',
    title: 'Título',
    track: 'Pista',
    untitled: 'sin nombre',
    more: (n) => `y ${n} más`,
    colon: ': ',
    quoted: (title) => `“${title}”`,
    details: (start, end, volume) =>
      ` (${[end && `${comma(start)}–${comma(end)} s`, volume && `al ${volume.replace('%', ' %')}`]
        .filter(Boolean)
        .join(', ')})`,
  },
  noTimeline: 'Aún no hay línea de tiempo.',
  timelineUnreadable:
    'El proyecto tiene una línea de tiempo en un formato que no puedo leer. Aun así puedo intentar exportarla.',
  changed: (lines) => lines.join('\n'),
  changes: changesInSpanish,
  somethingChanged: '✅ El proyecto ha cambiado.',
  nothingChanged:
    'NemoVideo terminó sin decir nada, y no veo ningún cambio en la línea de tiempo. Prueba a decirlo de otra manera o pulsa *Reintentar*.',
  noAnswer:
    'NemoVideo no respondió; puede que aún esté arrancando. No se ha cambiado nada. Pulsa *Reintentar* o dilo de otra manera.',
  temporaryProblem:
    'NemoVideo tuvo un problema pasajero y no se ha cambiado nada. Pulsa *Reintentar* para repetirlo.',
  answerInFile: 'La respuesta completa está en el archivo.',
  answerCut: 'La respuesta se cortó porque era demasiado larga.',
  refusedByService: 'El servicio de video rechazó la petición. Por favor, dilo de otra manera.',
  serviceProblem: 'NemoVideo tuvo un problema mientras trabajaba.',
  serviceProblemUnchanged:
    'NemoVideo tuvo un problema mientras trabajaba y no se ha cambiado nada. Pulsa *Reintentar* para repetirlo.',
  keepOrStrip: (music, title) => {
    const added = [...(music ? ['música'] : []), ...(title ? ['títulos'] : [])];
    return `Añadido por el camino: ${added.length > 0 ? listed(added) : 'efectos'}. Déjalo así o dime qué quito.`;
  },
  tellMore: 'Siguiente paso: cuéntame más sobre el video que quieres',
  prompts: {
    video: ['Añadir subtítulos', 'Ajustar el ritmo'],
    edit: ['Cambiar la música', 'Ajustar el ritmo'],
  },
  shape: { portrait: 'Vertical', landscape: 'Horizontal', square: 'Cuadrado' },
  shapeWish: {
    portrait: 'Cambia el video a formato vertical (9:16).',
    landscape: 'Cambia el video a formato horizontal (16:9).',
    square: 'Cambia el video a formato cuadrado (1:1).',
  },
  offerTaken: 'Eso ya se ha pedido. Para pedirlo otra vez, escríbelo aquí.',
  offerGone: 'Ya no sé para qué era este botón. Escribe aquí lo que quieres.',
  tip: {
    'shorter-script': (advice) => `💡 ${advice}`,
    'be-specific': () =>
      '💡 Funciona mejor pedir cosas concretas: en vez de “mejóralo”, prueba con “cortes más lentos, colores más cálidos, un título más grande”.',
  },
  question: (title, questions) =>
    [
      title ? `**${title}**` : undefined,
      ...questions.map((q, i) =>
        [
          `${questions.length > 1 ? `${i + 1}. ` : ''}${q.prompt}`,
          ...q.options.map((o) => `   - ${o}`),
        ].join('\n'),
      ),
      '_Responde aquí mismo._',
    ]
      .filter(Boolean)
      .join('\n'),
  newProject:
    'Ese proyecto ya no está disponible, así que empecé uno nuevo. Se han perdido los cambios y los archivos anteriores.',
  recoveredChanged: 'La conexión se cortó un rato, pero el trabajo está hecho:',
  recoveredUnchanged:
    'Se cortó la conexión con NemoVideo y desde entonces no ha cambiado nada. Pulsa *Reintentar* para pedirlo otra vez.',
  tookTooLong:
    'NemoVideo lleva mucho tiempo con esto sin terminar, y no ha cambiado nada. Pulsa *Reintentar* para pedirlo otra vez.',
  restartedChanged: 'Me reiniciaron mientras trabajaba en esto, pero el trabajo está hecho:',
  restartedUnchanged:
    'Me reiniciaron mientras trabajaba en esto y desde entonces no ha cambiado nada. Pulsa *Reintentar* para pedirlo otra vez.',
  emptyMessage:
    'En ese mensaje no encontré texto ni archivos. Dime qué hago o qué cambio, o escribe `ayuda`.',
  wordsPoint:
    'Tus palabras solo señalan lo que no pude usar, así que no he empezado. Envíalo de otra forma, dime qué mostrar o deja que siga solo con tus palabras.',
  nothingLeft:
    'No queda nada con lo que trabajar. Envíame un guion o un archivo de un tipo que pueda usar.',
  limit: {
    'stock-music-link':
      'Los enlaces de YouTube o Spotify no sirven como material; la biblioteca incluida tiene estilos parecidos.',
    'local-path': 'No puedo abrir una ruta de tu ordenador; envía el archivo aquí.',
    'photo-editing': 'No retoco fotos, pero puedo hacer una presentación con ellas.',
    'long-video': 'Los videos largos quedan mejor en partes de menos de 60 segundos.',
  },
  retryNothing: 'No hay nada que repetir.',
  changeHint:
    'Escribe aquí mismo lo que quieres cambiar, por ejemplo “haz más grande el título” o “música más lenta”.',
};
