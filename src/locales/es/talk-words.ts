import type { TalkWords } from '../locale.ts';

export const talk: TalkWords = {
  thanks:
    'gracias, muchas gracias, muchisimas gracias, mil gracias, te lo agradezco, se agradece, muy amable, agradecido, agradecida',
  praise: `genial, perfecto, perfecta, excelente, estupendo, estupenda, increible, fantastico, fantastica, maravilloso, que bueno,
    que bien, que bonito, que guay, que chulo, que lindo, muy bien, muy bueno, muy buena, muy bonito, me encanta,
    nos encanta, me gusta mucho, bonito, precioso, hermoso, buenisimo, buenisima, bravo, buen trabajo, gran trabajo, guay, chulo, espectacular, brutal,
    felicidades, enhorabuena, ole, que pasada`,
  laughter: '(?:ja|je|ji|jo){2,20}j?|a?ja+j(?:a|j){1,20}',
  answers: `si, no, vale, claro, claro que si, de acuerdo, dale, bueno, listo, por supuesto, adelante, venga, entendido,
    hecho, okey, correcto, exacto, eso es, asi es, si por favor, no hace falta, todavia no, aun no, da igual, tranquilo,
    no importa, sin problema, ningun problema, esta bien, va, sale`,
  greetings:
    'oye, oiga, hola, buenas, buenos dias, buenas tardes, buenas noches, eh, che, adios, hasta luego, hasta manana, perdon, perdona, disculpa, mira, ey',
  fillers: `mucho, muy, tan, de verdad, a todos, a todas, a ti, a usted, a vosotros, por todo, por la ayuda, por eso, por el video,
    equipo, chicos, chicas, gente, amigo, amiga, tio, tia, por favor, porfa, pues, y, oh, ah, uf, nemo, bot, entonces`,
  about:
    'es, esta, queda, quedo, ha quedado, el, la, lo, esto, eso, este, video, resultado, trabajo, se ve, asi, todo, ya',
  polite: `por favor, porfa, porfavor, puedes, podrias, puede, podria, podeis, podemos, me puedes, me podrias, nos puedes,
    quiero que, quiero, quisiera, queria, queremos, necesito que, necesito, necesitamos, me gustaria, nos gustaria, hay que, tienes que,
    ahora, tambien, y, pero, entonces, luego, despues, primero, pues, solo, mejor, nemo, bot, a ver, si puedes, esta vez, no, si, vale, ok`,
  orders: `haz(?:lo|la|le|me|nos)?|haga|hacer(?:lo|la)?|crea(?:r|lo|la|me)?|genera(?:r|lo|me)?|anade(?:le|lo)?|anadir|agrega(?:r|le|lo)?|pon(?:le|lo|la)?|ponga|poner(?:le|lo)?|quita(?:r|le|lo|la)?|elimina(?:r|lo|la)?|borra(?:r|lo|la)?|cambia(?:r|le|lo|la)?|sustituye|sustituir|reemplaza(?:r|lo)?|acorta(?:r|lo|la)?|alarga(?:r|lo)?|recorta(?:r|lo)?|corta(?:r|lo|la)?|sube(?:le)? (?:el|la)|baja(?:le)? (?:el|la)|aumenta(?:r|le)?|reduce|reducir|acelera(?:r|lo)?|ralentiza(?:r|lo)?|traduce(?:lo)?|traducir|exporta(?:r|lo)?|renderiza(?:r|lo)?|inserta(?:r)?|aclara(?:r|lo)?|oscurece(?:lo)?|subtitula(?:r|lo)?|anima(?:r|lo)?|edita(?:r|lo)?|ajusta(?:r|lo)?|silencia(?:r|lo)?|une|unir|usa (?:el|la|los|las|un|una|este|esta|esto|otro|otra)|usar|pongas|hagas|cambies|anadas|quites`,
  topics:
    '(?:escenas?|tomas?|planos?|linea de tiempo|pistas?|subtitulos?|titulos?|textos?|fuentes?|letras?|musica|cancion|audio|sonido|voz|locucion|narrador|narracion|videos?|clips?|intro|introduccion|final|transicion|transiciones|cortes?|ritmo|logo|logotipo|marca de agua|fondo|color|colores|contraste|brillo|resolucion|formato|vertical|horizontal|cuadrado|segundos?|efectos?|filtro|animacion|miniatura|guion|volumen|mas (?:corto|corta|largo|larga|lento|lenta|rapido|rapida|claro|clara|oscuro|oscura|alto|alta|bajo|baja|grande|grandes|pequeno|pequena|dinamico|alegre)|demasiado (?:largo|corto|rapido|lento|alto|bajo|oscuro|claro|grande|pequeno))',
  asking:
    'que|quien|quienes|cuando|donde|por que|como|cual|cuales|cuanto|cuanta|es que|hay alguien|alguien|sabes|sabeis|crees|creeis|te parece|os parece|les parece|deberiamos',
  people: `tu|tus|usted|ustedes|vosotros|chicos|chicas|gente|todos|alguien|el cliente|la clienta|clientes?|jefe|jefa|equipo|ella|ellos|ellas|creo que|crees|creeis|opino|opinas|opinais|piensas|pienso|me parece|te parece|os parece|les parece|me gusta|no me gusta|no se|se lo|le pregunto|le preguntare|voy a|vamos a (?:hablar|ver|comer|preguntar|esperar)|estoy|estamos|tengo|tienes|tenemos|hablamos|quedamos|pregunta|preguntale|preguntare|dile|dijo|dice|digo|viste|vieron|visteis|has visto|reunion|almuerzo|comida|cena|cafe|cerveza|fiesta|manana|ayer|hoy|esta noche|esta tarde|lunes|martes|miercoles|jueves|viernes|sabado|domingo|fin de semana|vacaciones|oficina|factura|presupuesto|plazo|llamada|te llamo|te paso|os paso|mira|mirad|tio|tia|colega`,
  pointers: `esto, este, esta, estos, estas, eso, ese, esa, esos, esas, adjunto, adjunta, adjuntos, adjuntas, archivo, archivos, fichero, ficheros, documento, documentos,
    foto, fotos, imagen, imagenes, captura, capturas, grabacion, nota de voz, arriba, abajo, aqui, subido, enviado`,
  changing: `anade, anadir, agrega, agregar, pon, ponle, poner, quita, quitar, elimina, corta, recorta, acorta, acortalo, alarga, cambia, cambialo, sustituye, reemplaza,
    mejora, une, traduce, mas, menos, poco, final, principio, otra vez`,
  making: `receta, informe, articulo, poema, cuento, ensayo, presentacion, diapositivas, libro, capitulo, correo, un, una, unos, unas, el, la, los, las, lo, le, me, nos, mi, mis, tu, su, nuestro, nuestra, de, del, con, en, por, para, a, al, y, o, que, como, desde, segun, a partir, basado, basada,
    solo, todo, todos, todas, cada, uno, dos, tres, no, por favor, porfa, puedes, podrias, puede, quiero, quisiera, necesito, me gustaria, usa, usar, usando, utiliza, utilizando, haz, hazme, hacer, hazlo, haga, crea, crear,
    creame, genera, generar, produce, filma, filmar, filmalo, graba, rueda, convierte, convertir, conviertelo, conviertela, transforma, transformar, pasa, edita, anima, monta, prueba, empieza, algo, cosa, cosas,
    video, videos, pelicula, peliculas, clip, clips, corto, cortos, reel, reels, historia, historias, guion, guiones, texto, textos, notas, animacion, anuncio, promo, trailer, presentacion, montaje,
    contenido, material, version, tiktok, instagram, minuto, minutos, segundo, segundos, largo, larga, corta, breve, rapido, lento, tranquilo, divertido, bonito, bonita, cinematografico, profesional, moderno, sencillo, vertical,
    horizontal, cuadrado, estilo, tono, formato, calidad, ingles, espanol, musica, subtitulos, voz, narracion, ahora, ya, hola, gracias, buen, bueno, buena, mejor, nuevo, nueva, sobre esto, sobre eso`,
  nextSteps:
    '(?:siguientes?|pr[oó]ximos?) pasos?(?: sugeridos?)?|a continuaci[oó]n|tambi[eé]n puedes(?: pedir)?',
  wantsAnswer:
    'dime (?:cu[aá]l|si quieres)|por favor,? (?:confirma|elige|indica|especifica)|cu[aá]l (?:prefieres|te gusta|quieres)|te gustar[ií]a|quieres que|¿prefieres',
};
