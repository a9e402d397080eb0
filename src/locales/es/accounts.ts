import type { AccountTexts } from '../en/accounts.ts';
import { creditsIn } from './numbers.ts';

export const accounts: AccountTexts = {
  pays: (whose) =>
    ({
      operator: 'Aquí paga la cuenta de NemoVideo del propio bot.',
      workspace: 'Aquí paga la cuenta de NemoVideo de este espacio de trabajo.',
      person: 'Lo que empiezas aquí lo paga tu propia cuenta de NemoVideo.',
    })[whose],
  paysHere: (whose, isYours) =>
    whose === 'person'
      ? isYours
        ? 'Este proyecto lo paga tu propia cuenta de NemoVideo.'
        : 'Este proyecto lo paga la cuenta de NemoVideo de quien lo empezó.'
      : whose === 'workspace'
        ? 'Este proyecto lo paga la cuenta de NemoVideo de este espacio de trabajo.'
        : 'Este proyecto lo paga la cuenta de NemoVideo del propio bot.',
  connected: (whose, token) =>
    whose === 'person'
      ? `Conectada para ti: ${token}`
      : `Conectada para este espacio de trabajo: ${token}`,
  howTo:
    'Puedes conectar una cuenta propia con su token de API. Un administrador puede conectar una para todo el espacio de trabajo. Un proyecto sigue con la cuenta con la que empezó.',
  noKey:
    'No se pueden conectar cuentas a este bot: quien lo gestiona tiene que poner antes `ENCRYPTION_KEY`, para guardar los tokens de forma segura.',
  noToken: 'Eso no parece un token de API. Cópialo otra vez, sin espacios.',
  refused: 'NemoVideo no acepta este token, así que no se guardó. Revísalo e inténtalo de nuevo.',
  untested:
    'NemoVideo no responde ahora, así que el token no se pudo probar ni se guardó. Inténtalo más tarde.',
  full: 'Demasiadas personas han conectado una cuenta aquí. Un administrador puede conectar una para todos.',
  done: (whose, last, available) =>
    `✅ Conectada: …${last}, ${creditsIn(available)} disponibles. Desde ahora paga los proyectos nuevos ${whose === 'person' ? 'que empieces aquí' : 'de este espacio de trabajo'}.`,
  left: (whose) =>
    `✅ Desconectada, y el token está borrado. Los proyectos que empezaron con ${whose === 'person' ? 'tu cuenta' : 'la cuenta de este espacio de trabajo'} quedan parados hasta que se conecte de nuevo.`,
  none: (whose) =>
    whose === 'person'
      ? 'No tienes ninguna cuenta conectada aquí.'
      : 'Este espacio de trabajo no tiene ninguna cuenta conectada.',
  adminsOnly:
    'Solo un administrador puede conectar o desconectar la cuenta de todo el espacio de trabajo.',
  disconnected: (whose) =>
    `Este proyecto empezó con ${whose === 'person' ? 'la cuenta propia de una persona' : 'la cuenta de este espacio de trabajo'}, que ya no está conectada, así que no se hizo nada: ninguna otra cuenta paga en su lugar. Conecta la misma cuenta otra vez, o escribe \`nuevo\` para empezar de nuevo con la que paga ahora.`,
  notYours:
    'Este proyecto está en la cuenta de NemoVideo de otra persona, y solo ella puede encargar algo en él. Empieza un hilo propio, o pídeselo.',
  expired:
    'NemoVideo ya no acepta el token de la cuenta conectada. Quien la conectó tiene que hacerlo de nuevo; ninguna otra cuenta paga en su lugar.',
};
