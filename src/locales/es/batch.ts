import type { BatchWords } from '../locale.ts';
import { word } from './whole-word.ts';

const NUMBERS = [
  '',
  '',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
  'diez',
];
const SOURCE =
  '(?:archivo|fichero|imagen|foto|clip|guion|guión|documento|página|producto|captura|una?o?)';
const FILM = '(?:v[ií]deo|clip|corto|reel|película|peli)';
const ADJECTIVES = '(?:[\\p{L}\\p{N}-]+ ){0,3}?';

export const batch: BatchWords = {
  many: word(
    `una? ${FILM} ${ADJECTIVES}(?:para|por|de|con) cada ${SOURCE}|una? ${FILM} ${ADJECTIVES}por ${SOURCE}`,
    `${FILM}s (?:separad|independiente|individual|distint|diferente)\\p{L}*`,
    `una? (?:para|por|de) cada ${SOURCE}|una? por (?:archivo|fichero|imagen|foto|clip|guion|documento|página)`,
    `cada ${SOURCE}(?: de (?:ellos|ellas|estos|estas|los archivos))? (?:debe |debería |tiene que |puede )?(?:ser |es |sea |se convierta en |convertirse en |como |en )(?:una?|su)(?: propio)? ${ADJECTIVES}${FILM}`,
    `(?:de|con|para|a partir de) cada ${SOURCE},?(?: [\\p{L}]+){0,3}? una? ${ADJECTIVES}${FILM}`,
    `${FILM}s (?:para|por|de) cada ${SOURCE}`,
  ),
  counted: (count) =>
    word(
      `(?:haz|hazme|haced|hacer|crea|crear|genera|generar|prepara|quiero|necesito|en) (?:${count}|${NUMBERS[count] ?? count}) (?:[\\p{L}\\p{N}-]+ ){0,2}?${FILM}s`,
    ),
  joins: word(
    'en (?:un|una) (?:solo|sola|únic[oa]|mism[oa])|(?:combin|mezcl|fusion|junt|reún|reun)\\p{L}*|un(?:e|ir|elos|elas|idos|idas)|montaje|compilación|recopilación',
    'uno al lado del otro|todo en uno|en el mismo v[ií]deo|en el v[ií]deo|un v[ií]deo (?:con|de) tod[oa]s',
    'cada (?:plataforma|canal|público|red|amig[oa]|client[ea]|país|idioma)',
  ),
  denies: word(
    `no (?:me )?(?:quiero |hagas |crees |necesito |hace falta )?(?:una? ${FILM} (?:para|por|de) cada|${FILM}s (?:separad|individual|independiente)\\p{L}*|(?:varios|muchos) ${FILM}s)`,
    `en (?:vez|lugar) de (?:una? ${FILM} (?:para|por|de) cada|(?:varios|muchos) ${FILM}s)`,
    '(?:cuánto|cuanto|cuántos créditos|cuesta|precio|coste|costo)[^\\n]*\\?',
  ),
  one: word(
    'v[ií]deo|película|peli|clip|reel|presentación|montaje|tráiler|trailer|anuncio',
    'un(?:a|o)? (?:[\\p{L}\\p{N}-]+ ){0,3}?(?:corto|historia)',
    'combina|une|junta|ambos|ambas|juntos|juntas|escenas?|storyboard|en este orden',
  ),
  each: word('cada|respectivamente'),
  steps: word(
    'requisitos?|pasos?|notas?|reglas?|deseos|cambios?|ediciones|instrucciones|guion|guión|plan|quiero|necesito|añade|agrega|cuenta nuestra historia|tiktok|promo|vlog|saludo',
  ),
  places: word(
    'antes|después|al (?:principio|inicio|comienzo|final)|en (?:el medio|medio|la introducción|el cierre)|intro|introducción|apertura|cierre|primera escena|última escena|ambos|ambas|inserta|reemplaza|sustituye|fondo|logo|logotipo|marca de agua',
  ),
  shows: word('en pantalla|se mantiene|se queda|dura'),
  numbered:
    /^\s*(?:(?:imagen|foto|archivo|clip|v[ií]deo|gui[oó]n|documento)\s+(?:n\.?[º°]\s*)?)?(?<number>\d{1,2})\s*[.)、．:：]\s*(?<rest>\S.*)$/iu,
  courtesy: 'por favor|hola|buenas|buenos días|gracias|muchas gracias|vale',
  marker: '(?:para |de )?cada (?:un[oa]|archivo|fichero|imagen|foto|clip|gui[oó]n|documento)',
};
