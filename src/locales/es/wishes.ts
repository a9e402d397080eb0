import type { Wishes } from '../locale.ts';
import { END, START, word } from './whole-word.ts';

const numbers = {
  un: 1,
  una: 1,
  uno: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  quince: 15,
  veinte: 20,
  treinta: 30,
  medio: 0.5,
  media: 0.5,
};

const N = `(?:unos |unas |casi |más de |aproximadamente )?(?<n>\\d+(?:[.,]\\d+)?|${Object.keys(numbers).join('|')})`;
const UNIT = `(?<unit>segundos?|seg|s|minutos?|min|horas?|h)${END}`;
const VIDEO =
  '(?:v[ií]deo|clip|corto|película|peli|reel|anuncio|animación|documental|tráiler|trailer)s?';
const PICTURE = '(?:fotos?|imagen|imágenes|selfies?|retratos?)';
const WHOSE = '(?:(?:mis?|estas?|esas?|las?|unas?|nuestras?|el|este|un) )?';

export const wishes: Wishes = {
  vague: word(
    '(?:haz|pon|deja)(?:lo|la|me)? (?:el v[ií]deo )?(?:un poco |mucho )?(?:más )?(?:mejor|bonit[oa]|lind[oa]|chul[oa]|guay|genial|profesional|atractiv[oa]|perfect[oa]|cool)',
    'que (?:quede|se vea) (?:un poco |mucho )?(?:más )?(?:mejor|bien|bonit[oa]|lind[oa]|profesional)',
    '(?:mejóra|mejora|arrégla|arregla|pule|púle)(?:lo|la)|(?:mejora|arregla|pule) (?:el|este|mi) v[ií]deo',
  ),
  photoEditing: [
    new RegExp(
      `${START}(?:ret[oó]ca(?:r|me)?|edita(?:r|me)?) ${WHOSE}${PICTURE}${END}(?! (?:para|en|como) )`,
      'iu',
    ),
    new RegExp(
      `${START}(?:quita|quitar|quítale|elimina|eliminar|borra|borrar) (?:el |la |los |las )?(?:fondo|persona|gente|objeto|marca de agua|ojos rojos|manchas?) (?:de|en|a) ${WHOSE}${PICTURE}${END}`,
      'iu',
    ),
  ],
  lengths: [
    new RegExp(
      `${START}${VIDEO}(?: (?!sobre|para|con|de|que|en)[\\p{L}]+)? (?:de|que dure|con una duración de) ${N} ?${UNIT}`,
      'giu',
    ),
    new RegExp(
      `${START}(?:dure|durar|dura|duración(?: total)?(?: de)?:?) (?:de )?${N} ?${UNIT}`,
      'giu',
    ),
    new RegExp(`${START}${N} ?${UNIT} de (?:duración|${VIDEO})${END}`, 'giu'),
  ],
  numbers,
  secondsIn: (unit) => (/^h/i.test(unit) ? 3600 : /^m/i.test(unit) ? 60 : 1),
  noBrand: /\bsin (?:(?:la|nuestra|mi|esta) )?marca\b/u,
  asMusic:
    /(?<!(?<!\p{L})no )(?<!\p{L})como (?:(?:la|mi|una|su|el) )?(?:música|musica|canción|melodía|banda sonora|sonido de fondo)(?!\p{L})|(?<!\p{L})para la (?:música|musica|banda sonora)(?!\p{L})|(?<!\p{L})(?:esta|esto|esa) es (?:la|mi) (?:música|musica|canción|melodía|banda sonora)(?!\p{L})/iu,
  links: {
    before:
      /(?<![\p{L}\p{N}])(?:est[aeo]s?|es[aeo]s?|de|del|desde|con|sobre|usa|usando|lee|resume|adapta|filma|basado en|a partir de|(?:art[ií]culo|p[aá]gina|enlace|texto|guion|guión|documento|fuente)s?:?)$/iu,
    after:
      /^(?:por favor |y )?(?:haz|hazme|crea|créame|convi[eé]rte\w*|resume|filma|graba|en un|a un)(?![\p{L}\p{N}])/iu,
    anywhere:
      /(?<![\p{L}\p{N}])(?:de|con|usa|usando|adapta|lee|resume|filma|partir de) (?:est[aeo]|el (?:art[ií]culo|enlace))(?![\p{L}\p{N}])/iu,
    only: /(?<![\p{L}\p{N}])(?:por|favor|porfa|hola|gracias|puedes|podrías|podrias|quiero|necesito|haz|hazme|hacer|crea|crear|créame|genera|generar|convierte|convertir|filma|graba|lee|usa|usar|usando|resume|adapta|me|un|una|uno|el|la|los|las|lo|breve|corto|nuevo|v[ií]deos?|clip|película|reel|de|del|desde|con|sobre|en|para|a|y|partir|basado|est[aeo]s?|es[aeo]s?|aqu[ií]|es|enlaces?|link|art[ií]culos?|p[aá]ginas?|web|sitio|blog|historia|documento|guion|guión|texto|fuente)(?![\p{L}\p{N}])/giu,
  },
  fit: {
    fillers: new RegExp(
      `${START}(?:por favor|porfa|ok|vale|sí|si|solo|sólo|usar?|toma|coge|haz|quiero|el|la|lo|los|las|de|del|una?|me|texto|gui[oó]n|documento|todo|toda|entero|entera|parte|mitad|pues|bueno|mejor|que sea)${END}`,
      'gu',
    ),
    firstPart: 'primera|principio|inicio|comienzo',
    gist: 'ac[oó]rta(?:r|l[oa]|rl[oa])?|resum(?:en|e|ir|irl[oa])|res[uú]mel[oa]|más cort[oa]|cort[oa]|abrevia(?:r|l[oa])?|sintetiza(?:r|l[oa])?',
  },
};
