import type { Commands } from '../locale.ts';
import { HEIGHT, HEIGHT_LABELLED } from '../patterns.ts';

// Without accents, as all of a message is read here.
const VIDEO = '(?:videos?|pelicula|peli|clip|corto|archivo|mp4|archivo mp4|resultado)';
const NOUN = `(?:${VIDEO}|proyecto|reel|montaje|version)`;
const WHOSE = '(?:el|la|mi|nuestro|nuestra|este|esta|ese|esa|su|tu|un)';
const WHICH =
  '(?:final|terminad[oa]|complet[oa]|enter[oa]|actual|ultim[oa]|editad[oa]|nuev[oa]|acabad[oa])';
const OBJECT = `(?:todo|esto|eso|(?:${WHOSE} )?${NOUN}(?: ${WHICH})?)`;
const FORM = `(?:${HEIGHT}|hd|alta|maxima|mejor|buena|calidad|definicion|resolucion|formato|mp4|h264)`;
const TAIL = `(?: (?:en|a|como|con)(?: (?:un|una|el|la))?(?: (?:video|archivo))?(?= )| ${FORM}(?: de (?=calidad|resolucion))?| otra vez| de nuevo| aqui| ya)`;
const TAILS = `${TAIL}{0,6}`;

const SHAPES = {
  portrait: '(?:vertical|retrato|9 16)',
  landscape: '(?:horizontal|apaisad[oa]|16 9)',
  square: '(?:cuadrad[oa]|1 1)',
};
const VERSION = '(?:(?:la )?(?:v|version) ?\\d{1,3})';
const WISHED = `(?: (?:en|a|como|con)(?: (?:un|una|el|la|formato|modo))?(?= )| ${FORM}| ${Object.values(SHAPES).join('| ')}| otra vez| de nuevo)`;

const CREDITS = '(?:creditos?|saldo)';
const LEFT = '(?: (?:disponibles?|restantes?|actual(?:es)?|que (?:me |nos )?quedan?|que tengo))?';
const SHOW =
  '(?:ver|mostrar|muestra|muestrame|muestranos|consulta|consultar|revisa|revisar|dime|ensename|mira|comprueba|dame|saber)';
const WORK =
  '(?:todo|(?:el|la|este|esta|mi) (?:trabajo|tarea|proceso|generacion|render|renderizado|exportacion|edicion|peticion|solicitud)(?: actual| en curso)?)';
const THREAD = '(?:video|proyecto|clip|sesion|pelicula|hilo)';

export const commands: Commands = {
  export: [
    `(?:exporta|exportar|exporte|descarga|descargar|descargue|guarda|guardar|guarde|renderiza|renderizar|reexporta|reexportar)(?: ${OBJECT})?${TAILS}`,
    `(?:exporta|exportar|exporte|descarga|descargar|guarda|guardar|renderiza|renderizar)(?:lo|la|me|melo|mela|rlo|rla)${TAILS}`,
    `(?:exporta|exportar|descarga|descargar|guarda|guardar|exportame|descargame) (?:${WHOSE} )?${NOUN} (?:en |a )?${HEIGHT_LABELLED}`,
    `(?:exportacion|descarga)(?: (?:final|del video|del proyecto))?`,
    `(?:empieza|empezar|inicia|iniciar|haz|hacer|repite|repetir) (?:la|una|mi) exportacion(?: otra vez| de nuevo)?`,
    `(?:empieza|empezar) a exportar`,
    `(?:vuelve|volver) a (?:exportar|renderizar)(?:lo|la)?`,
    `(?:(?:envia|enviar|manda|mandar|pasa|pasar|da|dar|ensena|muestra|comparte|baja)(?:me|nos)|enviar|mandar|pasar) (?:${WHOSE} (?:${VIDEO}|enlace|link|enlace de descarga)(?: ${WHICH})?)${TAILS}`,
    `(?:envia|manda|pasa|da|baja)(?:melo|mela|noslo|nosla)${TAILS}`,
    `(?:tener|ver|recibir|bajar) (?:el|mi|nuestro) (?:video|mp4|archivo|archivo mp4)(?: ${WHICH})?${TAILS}`,
    `(?:el|mi) (?:video|mp4|archivo mp4)(?: final| terminado)?${TAILS}`,
  ],
  version: [
    `(?:exporta|exportar|exporte|exportame|descarga|descargar|descargame|guarda|guardar|renderiza|renderizar|reexporta|reexportar) ${VERSION}${WISHED}{0,6}`,
    `(?:(?:envia|manda|pasa|da|muestra)(?:me|nos)|ver) (?:la )?v ?\\d{1,3}${WISHED}{0,6}`,
    `${VERSION}${WISHED}{1,6}`,
  ],
  versions: [
    '(?:(?:las|todas|mis|nuestras|otras) )*versiones(?: (?:anteriores|terminadas|hechas))?',
    `${SHOW} (?:(?:las|todas|mis|nuestras|otras) )*versiones(?: (?:anteriores|terminadas))?`,
    '(?:lista|historial) de (?:las )?versiones',
    '(?:que|cuantas|cuales) versiones (?:hay|tenemos|tengo|existen)',
  ],
  compare: [
    `(?:compara|comparar|compare|comparame) ${VERSION} ?(?:y|con|contra|a)? ?${VERSION}`,
    '(?:compara|comparar|compare) (?:las )?versiones ?\\d{1,3} ?(?:y|con|contra) ?\\d{1,3}',
    `(?:(?:cual es|que|dime|ver) )?(?:la |las )?diferencias?(?: hay)? entre ${VERSION} y ${VERSION}`,
    `que (?:ha cambiado|cambio|cambia|hay de nuevo) (?:entre|de) ${VERSION} (?:y|a) ${VERSION}`,
    '(?:compara|comparar|compare) (?:las )?(?:dos )?(?:ultimas )?(?:dos )?versiones',
  ],
  credits: [
    `(?:(?:mi|mis|el|los|nuestro|nuestros) )?${CREDITS}${LEFT}`,
    `${SHOW} (?:(?:mi|mis|el|los|nuestro|nuestros) )?${CREDITS}${LEFT}`,
    `(?:${SHOW} )?(?:cuant[oa]s?|que) ${CREDITS} (?:me |nos |le )?(?:quedan?|restan?|tengo|tenemos|tiene|hay|sobran?)(?: disponibles?| todavia| aun)?`,
    `(?:${SHOW} )?cual es (?:mi|el|nuestro) saldo(?: de creditos| actual)?`,
    `(?:saldo|consulta|estado) de (?:mis |los )?creditos`,
    `(?:aun |todavia )?(?:me quedan|nos quedan|quedan|tengo|tenemos|hay) (?:suficientes )?creditos(?: disponibles| todavia| aun)?`,
  ],
  status: [
    '(?:(?:el|mi) )?(?:estado|progreso|avance)(?: actual)?(?: (?:del|de la|de mi|de mis|de este) (?:video|proyecto|trabajo|render|exportacion|clip|pelicula))?',
    '(?:(?:la|las|mi|mis) )?(?:linea de tiempo|linea temporal|pistas)',
    `${SHOW} (?:el|la|las|mi|mis) (?:estado|progreso|avance|linea de tiempo|linea temporal|pistas)(?: (?:del|de mi|de este) (?:video|proyecto))?`,
    '(?:cual es|como esta|como es) (?:el|la) (?:estado|progreso|linea de tiempo)(?: (?:del|de mi) (?:video|proyecto))?',
    'que hay en la linea de tiempo',
    'como (?:va|vas|vamos|anda|esta|quedo|va quedando)(?: (?:todo|eso|esto|el video|mi video|el proyecto|la cosa|la exportacion))?(?: (?:hasta ahora))?',
    'que tal va(?: (?:todo|eso|el video|mi video))?',
    'cuanto (?:falta|queda|tarda|tardara)(?: (?:para terminar|para acabar|el video|para que este listo))?',
    '(?:ya )?esta list[oa](?: (?:el|mi) video)?|(?:el|mi) video (?:ya )?esta list[oa]',
    '(?:ya )?(?:has terminado|terminaste|acabaste|has acabado|termino|acabo|esta terminado|esta hecho)',
    'en que (?:vas|va|estas|punto esta|punto estamos)|por donde (?:vas|va|vamos)',
    'donde esta (?:el|mi|nuestro) (?:video|mp4|clip|pelicula)|(?:y )?mi video',
    '(?:hay |alguna? )?novedad(?:es)?(?: (?:del|de mi|sobre el) video)?|que hay de nuevo',
    'que (?:tenemos|llevamos|hay)(?: hasta ahora)',
    'cuando (?:estara|esta|va a estar) list[oa]',
  ],
  captions: [
    '(?:(?:los|mis|nuestros) )?subtitulos(?: del video)?',
    '(?:exporta|exportar|descarga|descargar|dame|danos|enviame|mandame|muestra|muestrame)(?: (?:los|mis|nuestros))? subtitulos(?: del video)?',
  ],
  help: [
    '(?:ayuda|ayudame|ayudanos|manual|instrucciones|comandos|menu|menu de ayuda|guia|guia de uso)',
    '(?:un poco de |mas )ayuda',
    `${SHOW} (?:la|las|los|el|todos los) (?:ayuda|instrucciones|comandos|menu|opciones)`,
    '(?:que|cuales)(?: mas)? (?:puedes|sabes|podes|puede|podrias) hacer(?: (?:por mi|por nosotros|este bot|el bot))?',
    'que (?:puede|sabe) hacer (?:este|el) bot|que haces|para que sirves|para que sirve (?:esto|este bot)',
    '(?:que|cuales son los) comandos(?: hay| tienes| disponibles)?',
    'como (?:se usa|te uso|lo uso|uso|puedo usar|usar|se utiliza|te utilizo|utilizo)(?: (?:esto|te|este bot|el bot|nemo))?|como (?:usarte|usarlo)',
    'como (?:funciona|funcionas|trabajas)(?: (?:esto|este bot|el bot))?',
    'como (?:empiezo|empezamos|empezar|comienzo|comenzar)|primeros pasos|por donde empiezo',
  ],
  stop: [
    `(?:para|parar|para ya|detente|deten|detener|detengase|cancela|cancelar|cancele|interrumpe|interrumpir|aborta|abortar|anula|anular)(?: ${WORK})?`,
    '(?:deten|detener|cancela|cancelar|para|anula|interrumpe)(?:lo|la) ?(?:todo)?|(?:cancela|deten|anula|interrumpe) (?:eso|esto)',
    'basta|dejalo|dejalo ya',
    'no (?:sigas|continues|lo hagas|hagas nada)(?: mas)?',
    'deja de (?:trabajar|generar|renderizar|exportar|hacerlo|hacer eso)',
  ],
  new: [
    `nuev[oa](?: ${THREAD})?|${THREAD} nuev[oa]`,
    `(?:empieza|empezar|empecemos|comienza|comenzar|inicia|iniciar|abre|abrir|crea|crear)(?: (?:un|una))? (?:nuev[oa]|otr[oa]) ${THREAD}`,
    `(?:empieza|empezar|empecemos|comienza|comenzar|inicia|iniciar|abre|abrir|crea|crear)(?: (?:un|una))? ${THREAD} nuev[oa]`,
    '(?:empieza|empezar|empecemos|comienza|comenzar)(?: todo)? (?:de nuevo|de cero|desde cero|otra vez|desde el principio)',
    '(?:vuelve|volver|volvamos) a empezar(?: (?:de cero|desde cero|todo))?',
    '(?:de|desde) cero|desde el principio|borron y cuenta nueva',
    '(?:reinicia|reiniciar|resetea|resetear)(?:lo)?(?: (?:todo|el proyecto|este proyecto|la sesion))?',
  ],
  retry: [
    '(?:reintenta|reintentar|reintentalo|reintente)',
    '(?:intenta|intentalo|intentar|prueba|pruebalo|probar|hazlo|repitelo|intentemoslo) (?:otra vez|de nuevo|una vez mas|nuevamente)',
    '(?:vuelve|volver|volvamos) a (?:intentar|intentarlo|probar|probarlo|hacerlo)',
    '(?:otra vez|de nuevo|una vez mas|nuevamente|otro intento|repitelo|repite|repetir)',
  ],
  shapes: SHAPES,
  before:
    /^(?:por favor|porfa|porfavor|oye|hola|buenas|buenos dias|buenas tardes|vale|ok|bueno|bien|perfecto|genial|estupendo|gracias|muchas gracias|si|claro|ahora|ya|pues|entonces|y|listo|dale|venga|nemo|bot|(?:me |nos )?(?:puedes|podrias|puede|podria|podes|podeis|puedo|podemos)|(?:me )?(?:gustaria|encantaria)|(?:quiero|queria|querria|quisiera|queremos|necesito|necesitamos|deseo)(?: que)?|vamos a|a ver|solo) (?=.)/u,
  after:
    / (?:por favor|porfa|porfavor|gracias|muchas gracias|ahora|ahora mismo|enseguida|inmediatamente|ya mismo|cuanto antes|vale|ok|si puedes|cuando puedas|si es posible|de una vez|ya)$/u,
};
