import type { ErrorsWords } from '../en/errors.ts';
import { counted } from './numbers.ts';

export const errors: ErrorsWords = {
  accessExpired: 'El acceso del bot a NemoVideo ha caducado. Un administrador tiene que renovarlo.',
  notAnswering: 'NemoVideo no responde ahora mismo. Inténtalo dentro de unos minutos.',
  backendAway:
    'NemoVideo no responde ahora mismo. No se pierde nada: sigo por mi cuenta cuando NemoVideo vuelva.',
  rateLimited: 'NemoVideo está ocupado ahora mismo. Inténtalo dentro de un minuto.',
  requestRefused: 'NemoVideo rechazó esa petición.',
  unexpected: 'Algo salió mal por mi parte. El mensaje está a salvo; pulsa *Reintentar*.',
  trialUnavailable:
    'Ahora mismo no se pudo conseguir acceso de prueba a NemoVideo. Inténtalo más tarde.',
  cannotWrite:
    'Ahora mismo no puedo guardar nada, así que tu mensaje tiene que esperar. Sigo con él por mi cuenta en cuanto vuelva a funcionar.',
  cannotWriteNow:
    'Ahora mismo no puedo guardar nada, así que no lo he hecho. Inténtalo dentro de unos minutos.',
  queueFull: (n) =>
    `En este hilo ya hay ${counted(n, 'un mensaje', 'mensajes')} en espera, así que no he aceptado el tuyo. Envíalo otra vez cuando haya menos.`,
  editorFailed: 'El enlace al editor no está disponible ahora mismo. Inténtalo más tarde.',
  cannotTell:
    'Ahora mismo no puedo comprobar si tienes acceso a ese proyecto. Inténtalo dentro de un momento.',
};
