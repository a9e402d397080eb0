import type { Ruled } from '../../conversation/admin/rulings.ts';
import type { AdminWords, ShareShown } from '../en/admin.ts';
import { creditsIn, duration, moment, number } from './numbers.ts';

const shares = (all: readonly ShareShown[]): string =>
  all.map(({ name, credits }) => `${name} ${creditsIn(credits)}`).join(', ');

const LISTS: Readonly<Record<Ruled, Readonly<Record<'allowed' | 'denied', string>>>> = {
  channel: { denied: 'Canales denegados', allowed: 'Canales permitidos además' },
  person: { denied: 'Personas denegadas', allowed: 'Personas permitidas además' },
};

export const admin: AdminWords = {
  heading: (everywhere) =>
    everywhere
      ? '🛠️ **Panel de administración**, todos los espacios'
      : '🛠️ **Panel de administración**',
  standing: (paused) =>
    paused
      ? `⏸️ En pausa ${paused.everywhere ? 'en todas partes' : 'aquí'} desde ${moment(paused.at)}.`
      : '▶️ Se aceptan peticiones nuevas.',
  turns: (count) =>
    count === 0
      ? '**No hay nada en marcha ni en espera.**'
      : `**En marcha y en espera** (${number(count)})`,
  turn: ({ number: n, thread, person, phase, ms }) =>
    `**${n}** · ${thread} · ${person} · ${phase}, pedido hace ${duration(ms)}`,
  moreTurns: (n) => `… y ${number(n)} más, pedidos antes`,
  phases: {
    accepted: 'empieza',
    preparing: 'se prepara',
    sending: 'se pide a NemoVideo',
    streaming: 'se está haciendo',
    recovering: 'busca su resultado',
    answered: 'tiene respuesta',
    exporting: 'se está exportando',
    delivered: 'terminado',
    failed: 'ha fallado',
    stopped: 'detenido',
  },
  waits: 'en espera',
  waitsAgain: 'espera para seguir',
  stopping: 'se está deteniendo',
  spent: '**Créditos de este mes**, hasta donde se sabe',
  people: (all) => (all.length === 0 ? 'Todavía ninguno.' : `Personas: ${shares(all)}`),
  channels: (all) => `Canales: ${shares(all)}`,
  votes: (good, bad) =>
    `**Videos de este mes, según la gente**: ${number(good)} 👍 buenos, ${number(bad)} 👎 malos`,
  listed: (what, list, ids, more) =>
    `**${LISTS[what][list]}**: ${ids.join(', ')}${more > 0 ? ` y ${number(more)} más` : ''}`,
  hint: 'Detrás del comando entiendo `pause`, `resume`, `deny here`, `allow here`, `reset here`, y `deny`, `allow` o `reset` con `channel` o `person` y un identificador. Cómo se hacen los videos en un canal: `profile`.',
  paused:
    'Un administrador me ha puesto en pausa y por ahora no acepto nada nuevo. Lo pedido antes espera. `estado`, `créditos`, `para` y `ayuda` siguen funcionando.',
  isPaused: '⏸️ En pausa: no se empieza nada nuevo, y lo que está en marcha llega a su fin.',
  isResumed: '▶️ Reanudado: lo que esperaba sigue adelante.',
  stops: '⏹️ Se está deteniendo; se avisa a quien lo pidió.',
  overAlready: 'Ya ha terminado.',
  noTurn: 'No conozco esa petición aquí.',
  unknown:
    'No lo entiendo. Acepto `pause`, `resume`, `stop`, `allow`, `deny` y `reset`; sin palabra muestro el panel.',
  operatorsOnly: 'Solo quien mantiene este bot puede hacer eso en todas partes.',
  listFull: 'La lista está llena. Quita algo primero con `reset`.',
  ruled: (ruling, what, id) =>
    ruling === 'reset'
      ? `Para \`${id}\` vuelven a contar los ajustes.`
      : what === 'channel'
        ? ruling === 'allow'
          ? `Ahora trabajo en el canal \`${id}\`.`
          : `Ya no acepto nada nuevo en el canal \`${id}\`.`
        : ruling === 'allow'
          ? `\`${id}\` puede usarme ahora.`
          : `Ya no acepto nada nuevo de \`${id}\`.`,
  form: {
    title: 'Permitir y denegar',
    submit: 'Decidir',
    cancel: 'Cancelar',
    ruling: 'Qué hacer',
    rulings: { allow: 'Permitir', deny: 'Denegar', reset: 'Como dicen los ajustes' },
    channels: 'Canales',
    people: 'Personas',
    nothing: 'Elige un canal o una persona.',
  },
  button: {
    rules: 'Permitir y denegar',
    pause: 'Pausar aquí',
    resume: 'Reanudar aquí',
    pauseAll: 'Pausar en todas partes',
    resumeAll: 'Reanudar en todas partes',
    everywhere: 'Todos los espacios',
    here: 'Este espacio',
    refresh: 'Actualizar',
    brand: 'Marca',
    stop: (n) => `Detener ${n}`,
  },
};
