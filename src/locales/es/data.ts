import type { DataWords } from '../en/data.ts';
import { counted } from './numbers.ts';

const amount = (stored: { threads: number; turns: number; renders: number }): string =>
  [
    counted(stored.threads, 'un proyecto', 'proyectos'),
    counted(stored.turns, 'una petición', 'peticiones'),
    counted(stored.renders, 'una exportación', 'exportaciones'),
  ].join(', ');

const WHOSE = {
  thread: 'de este proyecto',
  part: 'de ti en este proyecto',
  mine: 'de ti, en todo este servicio de chat',
  workspace: 'de este espacio de trabajo',
} as const;

export const data: DataWords = {
  subjects: {
    thread: ['este', 'proyecto'],
    mine: ['todo', 'todos', 'mío', 'mio'],
    workspace: ['servidor', 'espacio'],
  },
  offers: { mine: 'Todo lo mío', workspace: 'Todo el espacio' },
  whichForget:
    '¿Qué debo olvidar? Un proyecto, todo lo tuyo o, para administradores, todo este espacio. No se borra nada antes de que veas cuánto es.',
  card: ({ what, messages, page, ...stored }) =>
    [
      `**¿Borrar lo que guardo ${WHOSE[what]}?**`,
      `Es: ${amount(stored)}, con todos los textos y notas. Lo que está en marcha se detiene. No se puede deshacer.`,
      what === 'part' || what === 'mine'
        ? 'Donde otras personas han pedido algo en el mismo proyecto, lo suyo queda, y el proyecto también.'
        : undefined,
      messages
        ? 'Los mensajes y archivos de aquí también se borran.'
        : 'Los mensajes de este chat quedan: bórralos allí.',
      `Lo que NemoVideo mismo guarda (sesiones, archivos, videos) no puedo borrarlo desde aquí: ${page}`,
    ]
      .filter(Boolean)
      .join('\n'),
  confirm: {
    thread: 'Borrar este proyecto',
    part: 'Borrar mi parte',
    mine: 'Borrar todo lo mío',
    workspace: 'Borrar todo el espacio',
  },
  nothing: 'No guardo nada de eso.',
  forgetting: 'Lo estoy borrando. Tarda un poco, y sigue por sí solo.',
  forgotten: 'Borrado. Ya no guardo nada de eso.',
  forgottenBefore: 'Eso ya se borró.',
  cardOld: 'Eso se mostró hace demasiado tiempo. Pídelo otra vez, por favor.',
  adminsForget: 'Solo un administrador de este espacio puede borrar todo lo que le pertenece.',
  notYours: 'No has pedido nada en este proyecto, así que no hay nada tuyo que borrar.',
  exportCard: (stored) =>
    `Puedo darte un archivo con lo que guardo de ti aquí: ${amount(stored)}. Solo tú lo recibes.`,
  exportButton: 'Dame el archivo',
  exported: (page) =>
    `Esto es lo que guardo de ti: proyectos, peticiones y respuestas, y lo que se gastó. Lo que guarda NemoVideo no está: ${page}`,
  exportedDirectly: 'Te he enviado el archivo directamente.',
  exportDescription: 'Lo que se guarda de ti',
};
