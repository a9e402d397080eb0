import type { PlanPhrases } from '../locale.ts';

const LEAD =
  '(?:(?:por favor|también|pero|ahora|vale|sí|solo|quiero|quiero que|haz|hazlo|pon|ponlo|que sea|que dure|usa|déjalo) ){0,4}(?:(?:el video|el vídeo|en|con|de|unos|unas|a|un|una|el|la|formato) ){0,3}';
const TAIL =
  '(?: (?:por favor|mejor|solo|ahora|gracias|como máximo|en total|de duración|de largo)){0,3}';
const NTH =
  '(?:\\d{1,3}|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|primera?|segund[oa]|tercera?|cuart[oa]|quint[oa])';
const whole = (pattern: string): RegExp => new RegExp(`^${LEAD}(?:${pattern})${TAIL}$`, 'iu');

export const planPhrases: PlanPhrases = {
  first: [
    '(?:por favor,? )?(?:planif[ií]calo|planifica|planéalo|haz un plan) (?:primero|antes)',
    '(?:por favor,? )?(?:primero|antes),? (?:(?:dame|muéstrame|muestrame|enséñame|haz|hazme|quiero|quiero ver) )?(?:el |un )?plan',
    '(?:por favor,? )?(?:dame|muéstrame|muestrame|enséñame|hazme|quiero ver) (?:el|un) plan (?:primero|antes)',
    '(?:el |un )?plan primero',
  ].join('|'),
  but: 'pero (?:por favor,? )?',
  butThen: 'pero',
  make: '(?:(?:si|vale|ok|perfecto|bien|genial|de acuerdo) )*(?:hazlo|haz el video|haz los videos|hazlos|adelante|empieza|genera el video|generalo|crealo)(?: ya| ahora| por favor| asi)?|si|si por favor|vale|ok|de acuerdo|perfecto|claro',
  cancel:
    '(?:por favor )?(?:cancela|cancelalo|cancela el plan|olvidalo|dejalo|descarta el plan)|no|no gracias|mejor no|no lo hagas',
  sceneHead: `(?:escena|toma|plano|parte|clip)\\s{1,3}${NTH}`,
  wishLine: 'formato|duración|idioma',
  order:
    '(?:por favor,? |hola,? )*(?:haz|hazme|crea|créame|genera|produce|convierte|quiero|necesito|necesitamos)(?!\\p{L})',
  and: 'y(?: también| además)?',
  drop: new RegExp(
    `^(?:por favor,? )?(?:quita|elimina|borra|salta|omite|sin)(?: el| la| los| las)? (?:escenas?|tomas?|planos?|partes?|videos?|vídeos?) (?<n>${NTH}(?:(?:, | y )${NTH}){0,9})(?: por favor)?$|^(?:quita|elimina|borra|salta|omite) (?:el|la) (?<n>primera?|segund[oa]|tercera?|cuart[oa]|quint[oa]) (?:escena|toma|plano|parte|video|vídeo)(?: por favor)?$`,
    'iu',
  ),
  length: whole(
    '(?<n>\\d{1,4}(?:[.,]\\d)?|un|una|dos|tres|cinco|diez|quince|veinte|treinta|medio)[ -]?(?<unit>segundos?|seg|s|minutos?|min)',
  ),
  shape: {
    portrait: whole('vertical'),
    landscape: whole('horizontal|apaisado'),
    square: whole('cuadrado'),
  },
  ratio: whole('R'),
  noMusic:
    /^(?:(?:por favor|pero) ){0,2}(?:sin(?: la| ninguna)?|no pongas|quita la|quítale la) (?:música|musica|banda sonora)(?: de fondo)?(?: por favor)?$/iu,
  music:
    /^(?:(?:por favor|también|pero) ){0,2}(?:(?:con|usa|pon|ponle|añade) (?:una |la )?(?:música|musica|banda sonora) (?<words>\S.{1,60}?)(?: por favor)?|(?:música|musica)\s?:\s?(?<words>\S.{0,80}))$/iu,
  noTitle:
    /^(?:(?:por favor|pero) ){0,2}(?:sin(?: el| ningún)?|no pongas|quita el) (?:título|titulo)(?: por favor)?$/iu,
  title:
    /^(?:(?:por favor|también|pero) ){0,2}(?:(?:con el |pon el |añade el |el )?(?:título|titulo) (?=["“«])|(?:el )?(?:título|titulo)\s?:\s?|llámalo )(?<words>\S.{0,80})$/iu,
  ordinals: {
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
    primer: 1,
    primera: 1,
    segundo: 2,
    segunda: 2,
    tercer: 3,
    tercera: 3,
    cuarto: 4,
    cuarta: 4,
    quinto: 5,
    quinta: 5,
  },
  formLength: /duración: (?:unos )?(?<n>\d{1,4}) (?<unit>segundos?)\./iu,
  shapeIn: {
    portrait: /(?<!\p{L})(?:v[ií]deo|formato|clip|reel|en) vertical(?!\p{L})/iu,
    landscape: /(?<!\p{L})(?:v[ií]deo|formato|clip|en) (?:horizontal|apaisado)(?!\p{L})/iu,
    square: /(?<!\p{L})(?:v[ií]deo|formato|clip) cuadrado(?!\p{L})/iu,
  },
  noMusicIn: /(?<!\p{L})sin (?:música|musica)(?!\p{L})/iu,
  musicIn:
    /(?<!\p{L})con (?:una )?(?:música|musica) (?<words>[\p{L}-]{2,20}(?: y [\p{L}-]{2,20})?)/iu,
  titleIn: /(?<!\p{L})(?:título|titulo|titulado|llamado):? ["“«](?<words>[^"”»\n]{1,80})["”»]/iu,
};
