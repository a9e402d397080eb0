/** Spanish as people and the agent write it, beside the sentences that are commands (intent.test.ts). */
import { describe, expect, it } from 'vitest';
import { type BatchWish, splitBatch } from '../../../src/conversation/batch/split-batch.ts';
import { translateGuiTalk } from '../../../src/conversation/language/gui-talk.ts';
import { languageOf } from '../../../src/conversation/language/language.ts';
import { dropTemporaryIssue } from '../../../src/conversation/language/temporary-issue.ts';
import { tipFor } from '../../../src/conversation/language/tips.ts';
import { unsupportedWishes } from '../../../src/conversation/language/unsupported-wishes.ts';
import { fitIn } from '../../../src/conversation/material/script-length.ts';

/** Of files that are told by their names alone. */
const planFor = ({ files, ...wish }: Omit<BatchWish, 'files'> & { files: readonly string[] }) =>
  splitBatch({ ...wish, files: files.map((name) => ({ name })) });

const asked = (text: string) => {
  const { asks } = translateGuiTalk(text);
  return (['export', 'timeline', 'credits'] as const).filter((ask) => asks[ask]);
};
const left = (text: string) => translateGuiTalk(text).text;

describe('instructions for an editor', () => {
  it.each([
    ['Haz clic en Exportar en la esquina superior derecha.', ['export']],
    ['Haz clic en el botón de exportar para guardar tu video.', ['export']],
    ['Luego, simplemente pulsa el botón “Descargar”.', ['export']],
    ['Puedes pulsar Exportar.', ['export']],
    ['Descarga el video desde el menú de la esquina superior derecha.', ['export']],
    ['Puedes descargarlo desde el panel de exportación.', ['export']],
    ['Presione el botón Exportar.', ['export']],
    ['Abre el panel de medios para ver todas las tomas.', ['timeline']],
    ['Puedes abrir la línea de tiempo.', ['timeline']],
    ['Ve a la línea de tiempo y echa un vistazo.', ['timeline']],
    ['Ya puedes previsualizarlo en el reproductor.', ['timeline']],
    ['Revisa tu página de facturación.', ['credits']],
    ['Puedes recargar créditos en tu cuenta.', ['credits']],
    ['Arrastra los clips para cambiar su orden.', []],
    ['Arrastra y suelta las fotos en la línea de tiempo.', []],
    ['Puedes ajustar el volumen en el panel de audio.', []],
    ['Si quieres, puedes mover los clips en la línea de tiempo.', []],
  ])('%j is cut whole and asks for %j', (text, asks) => {
    expect(left(text)).toBe('');
    expect(asked(text)).toEqual(asks);
  });

  it.each([
    [
      'Tu video del amanecer está listo, haz clic en Exportar para guardarlo.',
      'Tu video del amanecer está listo.',
    ],
    [
      'La película del puerto está terminada: 12 segundos, piano tranquilo. Previsualízala en el panel de la línea de tiempo o haz clic en Exportar.',
      'La película del puerto está terminada: 12 segundos, piano tranquilo.',
    ],
    ['El logo está en su sitio; arrástralo en el lienzo si quieres.', 'El logo está en su sitio.'],
    [
      'Para cambiar el orden, arrastra los clips. La lluvia empieza en el segundo 4.',
      'La lluvia empieza en el segundo 4.',
    ],
    ['Consejo: abre el panel de medios. La escena dos es nueva.', 'La escena dos es nueva.'],
    [
      'La música baja al final y puedes abrir el panel de audio para cambiarla.',
      'La música baja al final.',
    ],
    ['Todo listo 🎬 ¡Haz clic en Exportar para descargarlo!', 'Todo listo 🎬'],
  ])('%j keeps its content', (text, rest) => {
    expect(left(text)).toBe(rest);
  });

  it.each([
    'La cámara sigue un camino abierto al atardecer.',
    'Abre con un plano general del puerto y luego corta al mercado.',
    'He añadido música en la línea de tiempo y subí el volumen.',
    'Cambié el título a “Haz clic aquí” durante los primeros 3 segundos.',
    'El título dice ahora «Haz clic en Exportar».',
    'Elige un estilo: ¿tranquilo o animado?',
    '¿Muevo el título al final?',
    'Escribe “exportar” y te envío el MP4.',
    'Mira cómo sube la marea mientras suena el piano.',
    'Aquí está: https://example.com/export. Haz clic en https://example.com/x para verlo.',
    'El video dura 12 segundos y tiene cuatro escenas.',
    'Ajusté el volumen y añadí un título; la escena 2 dura más.',
  ])('%j is content and stays', (text) => {
    expect(translateGuiTalk(text)).toEqual({
      text,
      asks: { export: false, timeline: false, credits: false },
    });
  });
});

describe('several videos', () => {
  const files = ['a.png', 'b.png', 'c.docx'];
  const count = (text: string) => planFor({ text, files })?.length;

  it.each([
    'un video para cada uno',
    'Haz un video de cada archivo, por favor',
    'un video por archivo',
    'convierte cada imagen en un video',
    'quiero tres videos',
    'haz videos separados con esto',
    'cada uno: lento y tranquilo',
    'Para cada foto, haz un video corto',
    '1. lento\n2. rápido\n3. con título',
    'Imagen 1: lento\nImagen 2: rápido\nImagen 3: con título',
  ])('%j is a batch', (text) => {
    expect(count(text)).toBe(3);
  });

  it.each([
    'haz un video con estas fotos',
    'Haz un video con esto:\n1. el puerto\n2. el mercado\n3. la playa',
    'une los tres en un solo video, cada foto 3 segundos',
    'no hagas un video para cada uno',
    '¿cuánto cuesta un video para cada uno?',
    'Cambios:\n1. más lento\n2. más color\n3. título más grande',
    'cada foto: 3 segundos en pantalla',
  ])('%j is one video', (text) => {
    expect(count(text)).toBeUndefined();
  });
});

describe('wishes', () => {
  it.each([
    ['un video de 5 minutos sobre el té', ['long-video']],
    ['un anuncio de dos minutos', ['long-video']],
    ['que dure 90 segundos', ['long-video']],
    ['duración: 3 minutos', ['long-video']],
    ['retoca esta foto', ['photo-editing']],
    ['quita el fondo de la foto', ['photo-editing']],
    ['un video de 30 segundos', []],
    ['un video sobre cinco minutos de meditación al día', []],
    ['hierve diez minutos y luego muestra el té', []],
    ['edita mis fotos en un video', []],
  ])('%j has the limits %j', (text, limits) => {
    expect(unsupportedWishes(text)).toEqual(limits);
  });

  it.each([
    'hazlo mejor',
    'Hazlo más bonito',
    'mejóralo',
    'mejora el video',
    'que quede más profesional',
  ])('%j gets the advice to be specific', (text) => {
    expect(tipFor(text)).toBe('be-specific');
  });

  it.each([
    ['usa la primera parte', 'first-part'],
    ['La primera parte, por favor', 'first-part'],
    ['acórtalo', 'gist'],
    ['resúmelo todo', 'gist'],
    ['más corto', 'gist'],
    ['haz un video sobre la primera guerra', undefined],
  ])('%j answers the question of what to use of a long script with %j', (text, fit) => {
    expect(fitIn(text)).toBe(fit);
  });

  it('knows the temporary issue of the agent', () => {
    expect(
      dropTemporaryIssue(['Listo.', 'Se ha producido un problema temporal. Inténtalo más tarde.']),
    ).toEqual({ texts: ['Listo.'], only: false });
    expect(dropTemporaryIssue(['Lo siento, hubo un error temporal.'])).toEqual({
      texts: [],
      only: true,
    });
    const scene =
      'Añadí una escena en la que una máquina tiene un problema temporal y un robot la arregla.';
    expect(dropTemporaryIssue([scene])).toEqual({ texts: [scene], only: false });
  });
});

describe('the language', () => {
  it.each([
    'exporta',
    'créditos',
    '¿Cómo va?',
    'para',
    'Haz un video sobre el mar',
    'añade música alegre',
    'más lento',
    '¿Puedes poner subtítulos?',
    'playa al atardecer con olas suaves',
    'el título en azul',
    'quítale la voz',
    'sube el volumen un poco',
    'Un perro corre por la nieve.',
    'música de piano, sin texto',
    'ponle un final feliz',
    'hola, quiero hacer un anuncio de café',
    'más rápido y con mejores colores',
    'borra la segunda escena',
  ])('%j is Spanish', (text) => {
    expect(languageOf(text)).toBe('es');
  });

  it.each(['export', 'status', 'help', 'MP4', 'stop'])('%j tells nothing', (text) => {
    expect(languageOf(text, 'es')).toBe('es');
    expect(languageOf(text)).toBe('en');
  });
});
