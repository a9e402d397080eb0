import { nameInText } from '../../conversation/language/shown-name.ts';
import type { Ending, Stage } from '../../conversation/status-stage.ts';
import type { ProgressWords } from '../en/progress.ts';
import { counted, creditsIn, duration, minutes, seconds } from './numbers.ts';

export const progress: ProgressWords = {
  activity: 'está trabajando en tu video…',
  button: {
    export: 'Exportar MP4',
    timeline: 'Línea de tiempo',
    change: 'Cambiar algo',
    editor: 'Abrir en el editor',
    stop: 'Detener',
    retry: 'Reintentar',
    credits: 'Créditos',
    register: 'Registrarse',
    topUp: 'Recargar',
    firstPart: 'Usar la primera parte',
    gist: 'Acortarlo',
    wordsAlone: 'Seguir sin archivos',
  },

  stage: (stage: Stage, elapsedMs: number): string => {
    switch (stage.type) {
      case 'connecting':
        return stage.word;
      case 'starting':
        return 'Voy con ello.';
      case 'reading':
        return `Leyendo archivos (${stage.done} de ${stage.of})…`;
      case 'working':
        return `${WORKING[stage.what ?? 'plain']} · ${duration(elapsedMs)}`;
      case 'rate-limited':
        return `En ello: NemoVideo está ocupado, lo intento de nuevo en ${stage.seconds} s…`;
      case 'recovering':
        return `En ello: se cortó la conexión, miro hasta dónde se llegó · ${duration(elapsedMs)}`;
      case 'checking':
        return `En ello: compruebo el resultado · ${duration(elapsedMs)}`;
      case 'rendering':
        return stage.percent === undefined
          ? '⏳ Renderizando, unos 30 s'
          : `⏳ Renderizando: ${stage.percent} %`;
    }
  },
  ending: (ending: Ending, elapsedMs: number, credits?: number): string => {
    switch (ending) {
      case 'done':
        return `✅ Listo en ${duration(elapsedMs)}${credits ? ` · ${creditsIn(credits)}` : ''}`;
      case 'needs-you':
        return '✋ Te necesito para seguir';
      case 'failed':
        return '⚠️ Falló';
      case 'stopped':
        return '⏹️ Detenido';
      case 'interrupted':
        return '⏸️ Interrumpido: me reiniciaron y sigo enseguida';
    }
  },
  stillWorking: (elapsedMs) => `⏳ Sigo trabajando… (${minutes(elapsedMs)})`,
  noSignOfLife: (elapsedMs, silenceMs) =>
    `⏳ Sigo trabajando… (${minutes(elapsedMs)}). NemoVideo no da señales de vida desde hace ${minutes(silenceMs)}; puedes esperar o pulsar *Detener*.`,
  rawClipReady: (length) =>
    length
      ? `🎬 El video en bruto está listo (${seconds(length)} s). Ahora vienen la música, los títulos y los efectos.`
      : '🎬 El video en bruto está listo. Ahora vienen la música, los títulos y los efectos.',
  waiting: (n) =>
    n === 1
      ? 'Hay 1 mensaje más en espera; es el siguiente.'
      : `Hay ${n} mensajes más en espera; van por orden.`,
  status: {
    idle: 'No hay nada en marcha.',
    working: (elapsedMs) => `Estoy en ello · ${duration(elapsedMs)}.`,
    rendering: 'Se está renderizando un video.',
    queued: (n) => `Hay ${counted(n, '1 mensaje', 'mensajes')} en espera.`,
    none: 'En este hilo aún no hay ningún proyecto. Envíame un guion para empezar.',
  },
  stopped: 'Detenido. Lo que ya se editó se conserva, y lo que ya se cobró no se devuelve.',
  batchStopped: (done, of) =>
    `${done === 1 ? 'Está listo' : 'Están listos'} ${done} de ${of} videos; pulsa *Reintentar* para hacer el resto.`,
  stopNothing: 'No hay nada en marcha, así que no hay nada que detener.',
  stopOver: 'Eso ya terminó. Para detener lo que está en marcha ahora, escribe “detener”.',
  stopNotYours: (name) => `Solo ${nameInText(name)} o un administrador puede detener esto.`,
  /** In front of what is told directly, where its thread is gone. */
  aboutProject: (name: string) => `Sobre «${nameInText(name)}»:`,
  /** Asked of somebody who reacted with 🎬. */
  reaction: {
    ask: '🎬 ¿Hago un video de este mensaje? Cuesta como cualquier otra petición; no pasa nada antes de que pulses.',
    make: 'Hazlo',
    gone: 'Ese mensaje ya no existe.',
    notYours: 'Solo puede pulsarlo quien reaccionó con 🎬.',
  },
  whose: {
    ask: (start: string) =>
      `«${start}»: ¿es para mí o están hablando entre ustedes? No hago nada hasta que me lo digan.`,
    us: 'Para ti',
    them: 'Hablamos entre nosotros',
    left: 'De acuerdo. Desde ahora dejo en paz esos mensajes en este hilo; si me necesitan, menciónenme.',
    settled: 'Eso ya está resuelto.',
    gone: 'Ya no tengo ese mensaje. Escríbelo otra vez y mencióname, por favor.',
    notYours: (name: string) =>
      `Solo ${nameInText(name)} o un administrador puede decir para quién era.`,
  },
  secondThoughts: {
    edited:
      'Cambiaste tu mensaje cuando yo ya estaba trabajando en él. Sigo con lo que decía antes; si prefieres las palabras nuevas, pulsa *Detener* y escríbelo otra vez.',
    deleted:
      'Tu mensaje se borró cuando yo ya estaba trabajando en él. Sigo con él; pulsa *Detener* si ya no lo quieres.',
  },
  stopping: 'Deteniendo…',
  theRequester: 'quien lo pidió',
};

const WORKING = {
  plain: 'En ello',
  video: 'En ello: creo el video (suele tardar de 2 a 5 minutos)',
  audio: 'En ello: creo el sonido (suele tardar de 1 a 2 minutos)',
  edit: 'En ello: edito la línea de tiempo',
  analysis: 'En ello: miro el material',
};
