import { nameInText } from '../../conversation/language/shown-name.ts';
import type { ProjectsWords } from '../en/projects.ts';

export const projects: ProjectsWords = {
  batchVideos: (entries) =>
    `Voy a hacer ${entries.length === 1 ? 'un video' : `${entries.length} videos, uno tras otro`}: ${entries.map((it) => `${it.number}. ${nameInText(it.name)}`).join(' · ')}`,
  batchEntry: ({ number, of, name }) => `**${number} de ${of} — ${nameInText(name)}.mp4**`,
  batchAbout: ({ number, of, name }) => `**${number} de ${of} — ${nameInText(name)}**`,
  batchStage: (entry, stage) => `${entry.number} de ${entry.of} · ${stage}`,
  batchDone: (done) => `Los ${done} videos están listos.`,
  batchPartly: (done, of) =>
    `${done === 1 ? 'Está listo' : 'Están listos'} ${done} de ${of} videos.`,
  batchLate: (names) =>
    `Aún se está renderizando: ${names.map(nameInText).join(', ')}. Lo publico cuando esté listo.`,
  batchLeft: (names) =>
    `Sin hacer: ${names.map(nameInText).join(', ')}. Pulsa *Reintentar* para hacer lo que falta.`,
  batchGoesOn: (name) => `Lo que escribas aquí ahora cambia el último, **${nameInText(name)}**.`,
  newStarted: 'Aquí empieza un proyecto nuevo. Envíame un guion, una descripción o archivos.',
  editorLink: (url) =>
    `Abre este proyecto en el navegador: ${url}\nEl enlace es solo para ti: quien lo abra puede quedarse con el proyecto.`,
  noThread: 'Aquí no tengo ningún proyecto tuyo. Mencióname con un guion para empezar.',
  inProject: (name, link) => (link ? `Proyecto “${name}”: ${link}` : `Proyecto “${name}”`),
  otherProjects: 'Si te referías a otro proyecto:',
  whichProject: '¿A qué proyecto te refieres?',
  whichProjectElsewhere: 'Ninguno está en este canal. ¿A qué proyecto te refieres?',
  commandDone: (what) =>
    ({
      export: 'Voy con ello: la exportación va en el hilo de tu proyecto.',
      new: 'Voy con ello.',
      stop: 'Deteniendo…',
    })[what],
};
