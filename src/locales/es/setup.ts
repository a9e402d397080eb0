import type { SetupWords } from '../en/setup.ts';

export const setup: SetupWords = {
  firstMessage: (mention) =>
    `¡Hola! Convierto guiones, documentos, imágenes y clips en videos terminados, aquí mismo, en el hilo. Prueba con: ${mention} haz un video de diez segundos sobre el té`,
};
