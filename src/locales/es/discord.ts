import type { DiscordWords } from '../en/discord.ts';

export const discord: DiscordWords = {
  clients: ['es-ES', 'es-419'],
  commands: {
    project: { name: 'proyecto', description: 'Qué proyecto (si no lo pones, el último de aquí)' },
    image: { name: 'archivo', description: 'Una imagen, un clip, un audio o un documento' },
    video: { name: 'video', description: 'Convierte un guion, imágenes o clips en un video' },
    script: { name: 'guion', description: 'El guion, o de qué debe tratar el video' },
    ratio: { name: 'formato', description: 'Forma de la imagen' },
    length: { name: 'duración', description: 'Duración en segundos' },
    each: { name: 'cada-uno', description: 'Un video por cada archivo' },
    plan: { name: 'plan-primero', description: 'Mostrar un plan antes de hacer nada' },
    private: { name: 'privado', description: 'Solo entre nosotros, por mensaje directo' },
    resolution: { name: 'resolución', description: 'Por ejemplo, 1080p' },
    credits: { name: 'créditos', description: 'Cuántos créditos quedan' },
    status: { name: 'estado', description: 'Cómo va un proyecto' },
    export: { name: 'exportar', description: 'Exporta el proyecto como MP4' },
    help: { name: 'ayuda', description: 'Lo que sé hacer, con ejemplos' },
    new: { name: 'nuevo', description: 'Empieza un proyecto nuevo en este hilo' },
    stop: { name: 'detener', description: 'Detiene lo que está en marcha' },
    settings: {
      name: 'ajustes-de-video',
      description: 'Cómo se hacen los videos en este canal; los administradores pueden cambiarlo',
    },
    profile: { name: 'perfil', description: 'El perfil que se usa a partir de ahora' },
  },
  fromMessage: 'Hacer un video con esto',
  threadName: 'Nuevo video',
  hintNoContent: (botId) =>
    `Aquí no puedo leer mensajes si no me mencionas (<@${botId}>) o respondes a uno de los míos. Un administrador puede cambiarlo en el portal de desarrolladores (“Message Content Intent”).`,
  missing: (channel, permissions) =>
    `No puedo responder en <#${channel}>: allí me falta ${permissions.map((p) => `*${p}*`).join(', ')}. Puede permitirlo quien gestiona el servidor.`,
  directClosed: (person) =>
    `<@${person}> Tengo algo solo para ti, pero tus mensajes directos están cerrados para mí. Usa el comando, o ábrelos para este servidor.`,
  startedBy: (person, words) => `🎬 <@${person}>: ${words}`,
  changeAsked: (person, words) => `✏️ <@${person}>: ${words}`,
  goesOnIn: (thread) => `Voy con ello: <#${thread}>`,
  goesOnDirectly: 'Voy con ello: el video llega a nuestros mensajes directos.',
  nothingToUse: 'No contiene ni texto ni archivos que yo pueda usar.',
  directFailed:
    'No puedo trabajar en este lugar, y tus mensajes directos están cerrados para mí. Ábrelos, o úsame donde soy miembro.',
  ratio: (ratio) => `Formato: ${ratio}.`,
  length: (seconds) => `Duración: unos ${seconds} segundos.`,
  modal: {
    planFirst: 'Mostrarme un plan primero',
    changeTitle: 'Cambiar algo',
    changeLabel: '¿Qué debe ser distinto?',
    changeHolder: 'Haz más grande el título y la música más lenta',
    scriptTitle: 'Hacer un video',
    scriptLabel: 'Guion o descripción',
    scriptHolder: 'Una película de 30 segundos sobre el té en las montañas…',
    files: 'Imágenes, clips, audio o documentos',
  },
};
