/** Who writes Spanish reads Spanish: not one English sentence, whatever happens. */
import { expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../../src/conversation/skill-profile.ts';
import { es } from '../../../src/locales/es/locale.ts';
import { refused } from '../../doubles/nemo/answers.ts';
import { type Step, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import { expectNoEnglish } from './no-english.ts';
import { gate, hear, open, texts } from './support.ts';

const draft = (title: string, volume = 0.35) => ({
  t: [
    { tt: 0, sg: [{ d: 10000, m: { title: 'colinas' } }] },
    { tt: 1, sg: [{ d: 10000, m: { title: 'guitarra', volume } }] },
    { tt: 7, sg: [{ d: 3000, m: { text: title } }] },
  ],
  d: 10000,
  m: { width: 1080, height: 1920 },
});
const silently = (state: unknown): Step[] => [
  toolCall('edit_multitrack', 'e'),
  { draft: state },
  toolResult('edit_multitrack', 'e'),
];

test.each(PROFILE_NAMES)(
  'a whole conversation in Spanish, from help to MP4 (%s)',
  async (profile) => {
    const house = await open({ profile, rules: { autoExport: 'first' } });
    await house.room.write('ayuda');
    await house.idle();
    house.nemo.script(
      { heartbeat: true },
      toolCall('generate_video_with_seedance', 'g'),
      { draft: draft('Amanecer') },
      toolResult('generate_video_with_seedance', 'g'),
      say('La película está lista. Haz clic en el botón Exportar para guardarla.'),
    );
    await house.room.write('Haz una película de diez segundos: colinas de té al amanecer.');
    await hear(house, /¡El video está listo!/);
    house.nemo.script(...silently(draft('Una taza', 0.2)));
    await house.room.write('Cambia el título a “Una taza” y baja la música.', {
      files: [
        { name: 'tool.exe', bytes: Buffer.from('MZ') },
        { name: 'cup.png', bytes: Buffer.alloc(0) },
      ],
    });
    await house.idle();
    for (const words of [
      'estado',
      'saldo',
      'créditos',
      'exportar 1080p',
      'detente',
      'empezar de cero',
      'estado',
      'reintentar',
    ]) {
      await house.room.write(words);
      await house.idle();
    }
    const answers = [
      await house.room.press('timeline'),
      await house.room.press('change'),
      await house.room.press('stop'),
      await house.room.press('credits'),
    ].flat();
    expectNoEnglish(house, es, answers);
    expect(texts(house).join()).toContain('“Una taza”');
    expect(house.nemo.received('session')[0]?.json).toMatchObject({ language: 'es' });
  },
);

test('exports in trouble, notices, batches and stops are Spanish as well', async () => {
  const house = await open();
  const first = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: first.opened },
    { draft: draft('Té') },
    say('Ya está hecho.'),
  );
  house.nemo.script(say('Ahora llueve.'));
  await house.room.write('Haz una película corta sobre el té.');
  await house.room.write('Añade un poco de lluvia.');
  await hear(house, /Sigo trabajando/);
  first.open();
  await hear(house, /Ya está hecho/);
  await house.idle();
  house.nemo.on('render', refused(402, 402, 'plan'));
  await house.room.write('exporta');
  await hear(house, /mejora tu plan/);
  house.nemo.on('render', () => undefined);
  house.nemo.renderPlan = [{ status: 'failed' }];
  await house.room.write('exporta');
  await hear(house, /La exportación falló/);
  house.nemo.renderPlan = [{ status: 'completed' }];
  house.room.fileBytes = 10;
  await house.room.write('exporta');
  await hear(house, /supera el límite/);
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('Un poco más lento.');
  await house.nemo.arrival('run_sse', 3);
  await house.room.write('detente');
  await hear(house, /Detenido\./);
  await house.idle();
  house.nemo.script({ draft: draft('Uno') }, say('Primero.'));
  house.nemo.script({ draft: draft('Dos') }, say('Segundo.'));
  const png = (name: string) => ({
    name,
    bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
  });
  await house.room.write('Haz un video para cada uno', { files: [png('a.png'), png('b.png')] });
  await hear(house, /Voy a hacer 2 videos/);
  await house.idle();
  expectNoEnglish(house, es, await house.room.press('editor'));
});

test('in a Spanish thread an English command is answered in Spanish, and the other way round', async () => {
  const house = await open();
  house.nemo.script(say('Hola.'));
  await house.room.write('Haz una película sobre el mar.');
  await house.idle();
  await house.room.write('status');
  await hear(house, /No hay nada en marcha/);
  const other = await open();
  other.nemo.script(say('Hello.'));
  await other.room.write('Make a film about the sea.');
  await other.idle();
  await other.room.write('estado');
  await hear(other, /No hay nada en marcha/);
  await other.room.write('status');
  await hear(other, /Nothing is running/);
  await other.idle();
});
