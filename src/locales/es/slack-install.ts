import type { InstallWords } from '../en/slack-install.ts';

export const install: InstallWords = {
  add: 'Añadir NemoVideo a Slack',
  addText:
    'Menciona a NemoVideo en un canal con un guion, una historia o unas imágenes, y el video terminado llega al hilo. Los videos y las respuestas los hace una IA y pueden contener errores.',
  addButton: 'Añadir a Slack',
  done: (team) => (team ? `NemoVideo está instalado en ${team}` : 'NemoVideo está instalado'),
  stepsTitle: 'Tres pasos hasta el primer video',
  steps: ({ credits }) => [
    'Invítame a un canal: escribe allí `/invite @nemo`.',
    'Mencióname con un guion, una historia o unas imágenes: `@nemo una película sobre el té en las montañas`.',
    `Escribe en el hilo qué debe cambiar, y \`exportar\` para el MP4. \`${credits}\` muestra lo que queda.`,
  ],
  open: 'Abrirlo en Slack',
  denied: 'No se ha instalado nada',
  deniedText: 'No se permitió a Slack instalar la aplicación. No pasa nada: no se guarda nada.',
  closed: 'Este bot no está abierto a tu espacio de trabajo',
  failed: 'La instalación no ha funcionado',
  failedText:
    'Puede que la página llevara demasiado tiempo abierta, o en otro navegador. No se guarda nada; empieza otra vez.',
  again: 'Empezar otra vez',
  support: 'Soporte',
  privacy: 'Privacidad',
  terms: 'Condiciones',
  welcome: (steps) =>
    [
      '👋 Gracias por instalarme. Tres pasos hasta el primer video:',
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      'Los videos y las respuestas los hace una IA: míralos antes de compartirlos.',
    ].join('\n'),
};
