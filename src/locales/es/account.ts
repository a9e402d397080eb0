import { nameInText } from '../../conversation/language/shown-name.ts';
import type { AccountWords, CreditsUsed } from '../en/account.ts';
import { bytes, counted, creditsIn, number } from './numbers.ts';

const anew = (zone: string): string => `la cuenta empieza de nuevo a medianoche (${zone})`;

const atLeast = ({ credits, complete }: NonNullable<CreditsUsed['month']>): string =>
  complete ? creditsIn(credits) : `al menos ${creditsIn(credits)}`;

export const account: AccountWords = {
  credits: (c) =>
    `Créditos: ${number(c.available)} disponibles, ${number(c.frozen)} reservados, ${number(c.total)} en total.`,
  creditsUsed: ({ thread, month }) =>
    `Usados: ${[thread && `${atLeast(thread)} en este hilo`, month && `${atLeast(month)} este mes`]
      .filter(Boolean)
      .join(', ')}.`,
  creditsLow: (left) =>
    `⚠️ ${left === 0 ? 'No quedan créditos' : `Solo ${left === 1 ? 'queda' : 'quedan'} ${creditsIn(left)}`}, y un video necesita unos 100. Sigo de todos modos.`,
  creditsFrozen: 'Los créditos reservados son para trabajos en marcha.',
  creditsOutOperator: 'Se acabaron los créditos. Recarga créditos en tu cuenta.',
  creditsOutAnonymous: 'Se acabaron tus créditos gratuitos. Regístrate para continuar.',
  creditsLink: (url, keeps) =>
    keeps
      ? `Regístrate para continuar con este proyecto: ${url}`
      : `Regístrate para continuar: ${url}\nTu proyecto actual no se puede llevar allí.`,
  registerAsk:
    'Solo un administrador de este bot puede registrar su cuenta, porque en ella están los proyectos de todos: pídeselo a uno.',
  linkIsPrivate: 'El enlace está en un mensaje que solo ves tú.',
  topUpLink: (url) => `Recarga créditos en tu cuenta: ${url}`,
  creditsWhenOut: 'Cuando se acaben, recarga créditos en tu cuenta.',
  notHerePlace: 'No estoy activado en este canal. Un administrador puede permitirlo.',
  notForYou:
    'No estás en la lista de personas que pueden usarme aquí. Un administrador puede añadirte.',
  quotaTooSmall: (wanted, left, zone) =>
    `Eso son ${counted(wanted, 'un video', 'videos')}, y hoy te ${left === 1 ? 'queda una petición' : `quedan ${left} peticiones`}. Envía menos archivos a la vez o vuelve mañana: ${anew(zone)}.`,
  quotaUsed: (n, zone) =>
    `Ya has usado ${n === 1 ? 'tu única petición' : `tus ${n} peticiones`} de hoy. Vuelve mañana: ${anew(zone)}.`,
  exportsUsed: (n, zone) =>
    `Ya has usado ${n === 1 ? 'tu única exportación' : `tus ${n} exportaciones`} de hoy. Vuelve mañana: ${anew(zone)}.`,
  adminsOnly: 'Solo un administrador puede cambiar esto.',
  profileNow: (name, kinds, limit, all) =>
    `Este canal usa el perfil **${name}**: ${kinds} y más, hasta ${bytes(limit)} cada uno. Hay estos: ${all}.`,
  profileChosen: (name) => `Este canal usa ahora el perfil **${name}**.`,
  profileUnknown: (given, all) => `No hay ningún perfil “${nameInText(given)}”. Hay estos: ${all}.`,
};
