export const commonWords = `el la los las un una unos unas de del con para por que haz hacer sobre mi mis tu tus su este
  esta esto estos ese esa y e o en vídeo video más menos música añade agrega pon ponle quita
  quítale crea quiero quisiera al cambia título sin no sí muy pero como cómo cuando donde dónde
  qué quién porque desde hasta entre antes después también sube baja usa muestra mejor primer
  primera segundo segunda último última nuevo grande pequeño lento rápido corto largo escena
  texto pantalla voz sonido imagen fondo final principio segundos minutos ser es son está están
  hay tiene puedes puede nuestra nuestro hazlo todo todos cada uno dos tres lo le me se nos gente
  día noche tiempo vida casa mundo mar feliz favor gracias hola datos subtítulos
  algo alguien nada nunca siempre otro otra otros otras mismo misma puedo podemos estoy voy va vas tengo
  tienes aquí allí ahora ya aún todavía fue era eso esos nosotros mal bien vez veces solo mensaje archivo
  proyecto también demasiado mucho mucha poco`;
