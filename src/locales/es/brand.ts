import type { BrandFields } from '../../platforms/chat.ts';
import type { BrandWords } from '../en/brand.ts';
import { bytes } from './numbers.ts';

const BRAND_NAMES: Readonly<Record<keyof BrandFields, string>> = {
  name: 'Nombre',
  colours: 'Colores',
  intro: 'Primera frase',
  outro: 'Última frase',
  voice: 'Voz',
  music: 'Música',
};

export const brand: BrandWords = {
  fields: BRAND_NAMES,
  form: {
    title: 'Marca',
    submit: 'Guardar',
    cancel: 'Cancelar',
    colours: 'Por ejemplo #2f6f4f #f4e9d8',
    logo: 'Logotipo, en lugar del que hay',
    remove: 'Quitar el logotipo',
  },
  heading: '🎨 **La marca de este canal**',
  fact: (field, value) => `**${BRAND_NAMES[field]}:** ${value}`,
  hasLogo: '**Logotipo:** hay uno',
  none: '🎨 Este canal todavía no tiene marca.',
  hint: 'Se une a la primera petición de un hilo; quien escribe “sin la marca” la deja fuera. Detrás del comando: `brand name: Casa de té; colours: #2f6f4f #f4e9d8; intro: …; outro: …; voice: …; music: …`, y `brand remove logo` o `brand remove`.',
  changed: 'Guardado.',
  colourUnclear:
    'No he encontrado ningún color. Escríbelos como `#2f6f4f`. No se ha cambiado nada.',
  logoRefused: (limit) =>
    `No puedo usar eso como logotipo. Envía un PNG, JPEG, WebP o GIF de ${bytes(limit)} como máximo. No se ha cambiado nada.`,
};
