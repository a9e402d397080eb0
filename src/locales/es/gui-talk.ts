import type { GuiTalk } from '../locale.ts';
import { BLANK, type Instructions, startingWith } from '../patterns.ts';
import { END, word } from './whole-word.ts';

const WHERE =
  '(?:paneles|panel|pestañas?|menús?|barra (?:lateral|superior|inferior|de herramientas)|inspector|editor|línea (?:de tiempo|temporal)|cronología|desplegable|cuadro de diálogo|ventana(?: emergente| de vista previa| de previsualización)?|espacio de trabajo|ajustes|configuración|preferencias|(?:biblioteca|galería|bandeja) (?:de )?(?:medios|multimedia|música|recursos|sonidos?|audio|clips|plantillas)|reproductor|vista previa|previsualización|lienzo|cabezal(?: de reproducción)?|(?:página|sección|apartado|área) de (?:tu |la |su |mi )?(?:cuenta|facturación|ajustes|configuración|perfil|precios|suscripción|proyecto|exportación|descargas?|créditos)|(?:esquina|parte) (?:superior|inferior)(?: (?:derecha|izquierda))?|(?:aplicación|app|editor|versión) web|controles|(?:control )?deslizante|fotogramas clave)';
const CONTROL =
  '(?:botón|botones|iconos?|íconos?|casilla|atajo|reproducir|pausar?|exportar|descargar|guardar|compartir|publicar|deshacer|rehacer|eliminar|listo|aplicar|confirmar|barra espaciadora|espacio|intro|enter|ctrl|cmd|renderizar|generar|aceptar|siguiente|continuar|finalizar|enlace|engranaje|flecha|puntos)';
const MEDIA =
  '(?:clips?|segmentos?|pistas?|archivos?|capas?|escenas?|tomas?|planos?|elementos?|material|medios|fotos?|imagen|imágenes|v[ií]deos?|música|audio|títulos?|texto|bordes?|extremos?|cabezal|deslizante|recursos?)';
const THE =
  '(?:el|la|los|las|tu|tus|su|sus|este|esta|estos|estas|cada|un|una|cualquier|todos los|todas las)';
/** No preposition between a verb and its place: "abre con un plano de la cocina" is content. */
const WORDS =
  '(?:(?!(?:con|en|sobre|a|al|desde|hacia|por|es|son|está|están)[^\\p{L}])[\\p{L}\\p{N}/&+-]+ ){0,4}?';
const QUOTED = `(?:${BLANK}+ ?)`;
const PLACE = `(?:al )?(?:${THE} )?${WORDS}${QUOTED}?${WHERE}${END}`;
/** Behind a verb: lo, la, los, las, also as part of "moverlos". */
const IT = '(?:l[oa]s?)?';

const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' };
/** "expórta|lo", "cámbia|lo": the stress stays where it is without "lo". */
const stressed = (stem: string): string =>
  stem.replace(/[aeiou](?=[^aeiou]+i?$)/u, (vowel) => ACCENTED[vowel] ?? vowel);

/** A verb as the reader is told it: tú, usted, behind "puedes", with "lo" at its end. */
const ar = (...stems: readonly string[]): string =>
  `(?:(?:${stems.join('|')})(?:a|e|ar|as|an|es)${IT}|(?:${stems.map(stressed).join('|')})[ae]l[oa]s?)`;

const LEAD_IN =
  '(?:(?:por favor|simplemente|solo|sólo|ahora|luego|después|entonces|también|además|finalmente|por último|primero|a continuación|si (?:quieres|lo deseas|quiere|lo desea|te apetece|lo prefieres|hace falta)|cuando (?:quieras|estés listo|estés lista|estés|termines|gustes|quiera)|una vez (?:listo|terminado|hecho)|(?:ya )?(?:puedes|podrás|puede|podrá|podrías|debes|debe|deberás|necesitas|tienes que|tiene que)|(?:solo |sólo )?(?:hay que|basta con|queda)|(?:te |le )?(?:recomiendo|sugiero|aconsejo)(?: que)?|no (?:olvides|te olvides de)|recuerda|asegúrate de|no dudes en|para (?:ello|hacerlo|verlo|exportarlo|descargarlo|guardarlo|cambiarlo)|y|e|o|ya|siempre|directamente|fácilmente|rápidamente|manualmente|desde (?:ahí|allí|aquí)),? )*';

const CLICK =
  '(?:haz|haga|hacer|hagan|hacemos|da|dé|dar|dale|darle|haciendo)(?: un)? (?:doble )?(?:clic|click|clics)';
const PRESS = `(?:${ar('pulse', 'puls', 'presion', 'oprim', 'toc', 'aprieta', 'apriet')}|presionar|oprime|oprima|oprimir|toque)`;

const INSTRUCTIONS: Instructions = [
  [`${CLICK}${END}|(?:cli(?:que|c|ck)(?:a|e|ar|ear|ea))(?: en| sobre)? `, 'named'],
  [`${PRESS}(?: en| sobre)? (?:${THE} )?(?:${QUOTED}|${WORDS}${CONTROL}${END})`, 'named'],
  [
    `(?:${ar('seleccion', 'us', 'utiliz', 'busc', 'localiz')}|elige|elija|elegir|escoge|escoja|escoger|busque|utilice|localice|encuentra|encuentre)(?: en)? (?:${THE} )?${WORDS}${QUOTED}?(?:botón|iconos?|íconos?|opción (?:${BLANK}|de (?:exportar|exportación|descarga|descargar)|exportar|descargar)|${WHERE}${END})`,
    'named',
  ],
  [
    `(?:selecciona|seleccione|elige|elija|escoge) (?:exportar|descargar|guardar|compartir)${END}`,
    'named',
  ],
  [
    `(?:selecciona|seleccione|seleccionar) (?:${THE} )?${WORDS}(?:clips?|pistas?|segmentos?|capas?|cuadro de texto)${END}`,
    'nothing',
  ],
  [
    `(?:abre|abra|abrir|vuelve a abrir|accede a|acceda a|acceder a|despliega|despliegue|desplegar|expande|expanda|cierra|cierre|cerrar|activa|active) ${PLACE}`,
    'named',
  ],
  [
    `(?:ve|vete|vaya|ir|dirígete|diríjase|dirigirte|entra|entre|entrar|naveg(?:a|ue|ar)|cambia|cambie|cambiar|desplázate|desplácese|vuelve|vuelva|regresa|regrese|inicia sesión|inicie sesión) (?:a|al|hasta|hacia|en) (?:${THE} )?${WORDS}${QUOTED}?(?:${WHERE}|cuenta|facturación|suscripción)${END}`,
    'named',
  ],
  [
    `(?:${ar('visit', 'consult', 'revis', 'mir', 'comprueb', 'inspeccion', 'gestion', 'administr', 'explor')}|ve|vea|ver|comprobar|echa un vistazo a|eche un vistazo a) (?:al )?(?:${THE} )?${WORDS}${QUOTED}?(?:${WHERE}|cuenta|facturación|suscripción|página de facturación)${END}`,
    'named',
  ],
  [
    `(?:${ar('consult', 'revis', 'comprueb', 'gestion', 'recarg', 'compr', 'mejor', 'actualiz')}|ve|ver|vea|encuentra|adquiere|adquirir|recargue)${END}[^,;]{0,60}? (?:en|desde|a través de) (?:tu |la |el |su )?${WORDS}(?:cuenta|facturación|ajustes|configuración|suscripción|perfil|panel de control)${END}`,
    'credits',
  ],
  [
    `(?:arrastra|arrastre|arrastrar|arrastrando|suelta|suelte|soltar)(?: y (?:suelta|suelte|soltar|soltando))? (?:${THE} )?${WORDS}${MEDIA}${END}`,
    'nothing',
  ],
  [
    `(?:${ar('arrastr')}|arrastrando|suelta|suelte|soltar${IT}|suélta${IT})(?: y (?:suelta|suelte|soltar|suélta)${IT})?(?: ${BLANK}|[^,;]{0,60}? (?:a|al|en|sobre|hasta|hacia|dentro de) (?:el |la |los |tu |su )?${WORDS}${WHERE}${END}|[,;.!]|$)`,
    'nothing',
  ],
  [
    `(?:${ar('previsualiz', 'visualiz', 'mir', 'revis')}|reproduc(?:e|ir)${IT}|reprodúcel[oa]|reproduzca|ve|verlo|verla|ver|verás|encuentra|encontrarás|previsualice|visualice|échale un vistazo)${END}[^,;]{0,60}? (?:en|desde|con|dentro de) (?:el |la |los |las |tu |su )?${WORDS}${WHERE}${END}`,
    'named',
  ],
  [
    `(?:${ar('ajust', 'edit', 'cambi', 'modific', 'recort', 'cort', 'añad', 'agreg', 'elimin', 'borr', 'personaliz', 'control', 'reemplaz', 'reorganiz', 'reorden', 'renombr', 'coloc', 'quit', 'configur')}|muev(?:e|a)|muével[oa]s?|mover${IT}|divid(?:e|a|ir)|añadir${IT}|sustitu(?:ye|ya|ir)|modifique|coloque|personalice)${END}[^,;]{0,80}? (?:en|desde|con|usando|mediante|a través de|arrastrando) (?:el |la |los |las |tu |su |sus )?${WORDS}${WHERE}${END}`,
    'nothing',
  ],
  [
    `(?:${ar('export', 'descarg', 'guard', 'renderiz', 'public')}|comparte|comparta|compartir|descargue|publique)${END}[^,;]{0,60}? (?:en|desde|con|usando|mediante|a través de) (?:el |la |los |tu |su )?${WORDS}${QUOTED}?(?:botón|iconos?|${WHERE})${END}`,
    'named',
  ],
  [
    `(?:${ar('export', 'descarg', 'guard', 'cambi', 'edit', 'ajust', 'previsualiz', 'recort', 'elimin', 'añad')}|comparte|compartir|mueve|mover|abre|ábre|abrir|accede|acceder|ver|añadir)${IT}${END}[^,;]{0,80}? (?:haciendo (?:doble )?clic|pulsando|presionando|tocando|arrastrando|abriendo|yendo a)${END}`,
    'named',
  ],
];

export const guiTalk: GuiTalk = {
  leadIn: new RegExp(`^${LEAD_IN}`, 'u'),
  instructions: startingWith(INSTRUCTIONS),
  place: word(WHERE),
  export: word('export(?:a|e|ar|arlo|arla|ación)|descarg(?:a|ue|ar|arlo|arla)'),
  credits: word(
    'cuenta|facturación|créditos?|saldo|suscripción|ajustes|configuración|recargar?|panel de control',
  ),
  introduces:
    /^(?:y |o |pero |luego )?(?:si|cuando|una vez|después|antes|para|con el fin de|en caso de|en cuanto|desde (?:ahí|allí|aquí)|de lo contrario|por último|finalmente|luego|ahora|a continuación|entonces)(?!\p{L})(?!.*(?<!\p{L})(?:he|hemos) (?:añadido|puesto|cambiado|hecho|creado))/iu,
  labels:
    'consejos?|trucos?|sugerencias?|nota|(?:siguientes?|próximos?) pasos?|paso \\d+|para (?:exportar|descargar|guardar|previsualizar|editar|terminar)|exportación|exportar|descargas?|descargar|vista previa|qué sigue|cómo [\\p{L} ]{1,30}',
  continues:
    /^(?:(?:así|donde|desde donde|para|de modo que|de forma que|con lo que) |(?:y |donde |así )*(?:podrás|verás|encontrarás|puedes|podrá|verá) (?:luego )?(?:ver|descargar|guardar|exportar|cambiar|ajustar|elegir|previsualizar)|(?:y |o |luego |después )*(?:elige|elija|selecciona|seleccione|espera|espere|escribe|escriba|confirma|confirme|pulsa|pulse|presiona|presione|guarda|guarde|descarga|descargue|exporta|exporte|disfruta|disfrute|ajusta|ajuste|suelta|suelte|coloca|coloque|busca|busque|sigue|siga|comparte|comparta|desplázate)(?!\p{L}))/iu,
  joiners: 'y|e|o|u|luego|pero|así que|después|entonces',
  inseparable: '(?:suelt|solt|suélt)',
  abbreviations: 'ej|pág|núm|aprox|sr|sra|máx|mín',
};
