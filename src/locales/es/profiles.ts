import type { ProfileName, ProfileTexts } from '../../conversation/skill-profile.ts';

export const profiles: Readonly<Record<ProfileName, ProfileTexts>> = {
  'ai-to-video-free': {
    title: 'Video con IA gratis',
    greeting:
      'Envíame tu texto o tus imágenes y empiezo a crear el video con IA. O cuéntame qué tienes en mente.',
    examples: [
      'convierte mi texto o mis imágenes en un video',
      'exportar MP4 en 1080p',
      'haz un corto con este texto',
    ],
    connecting: 'Conectando…',
    tip: 'Los guiones de menos de 100 palabras se generan antes y dan videos más centrados.',
  },
  'colab-text-to-video': {
    title: 'Colab: de texto a video',
    greeting: 'Envíame tus textos y yo me encargo de crear el video. O describe lo que buscas.',
    examples: [
      'convierte una descripción de producto de 3 frases en un MP4 en 1080p',
      'haz con este texto un video de 30 segundos con imágenes y música de fondo',
      'crea videos a partir de guiones o descripciones para creadores, marketing y estudiantes',
    ],
    connecting: 'Conectando…',
    tip: 'Con textos más cortos y claros, los videos salen más precisos y coherentes.',
  },
  'text-to-video-high-quality': {
    title: 'De texto a video en alta calidad',
    greeting: 'Cuando quieras empezamos. Deja aquí tu texto o describe el video que quieres hacer.',
    examples: [
      'convierte una descripción de producto de 100 palabras en un MP4 en 1080p',
      'haz con este guion un video de 30 segundos con imágenes y música de fondo',
      'crea videos cuidados a partir de guiones o ideas para marketing, creadores y docentes',
    ],
    connecting: 'Preparando…',
    tip: 'Con textos más cortos y concretos, las imágenes salen más precisas y uniformes.',
  },
};
