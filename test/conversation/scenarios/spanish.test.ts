/** Who writes Spanish reads Spanish: not one English sentence, whatever happens. */
import { expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../../src/conversation/skill-profile.ts';
import { en } from '../../../src/locales/en/locale.ts';
import type { House } from '../../doubles/house.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { frame, type Step, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import { strings } from '../../locales/entries.ts';
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

/** Frequent English words that are no Spanish ones. */
const ENGLISH =
  /\b(?:the|and|you|your|is|are|was|of|to|with|for|not|it|its|this|that|here|there|please|again|try|from|has|have|been|can|will|my|new|done|working|ready|files?|press|stop|export|credits|status|help|timeline)\b/i;
/** Addresses, and names of files. */
const NAMES = /https?:\/\/\S+|\b[\w-]+\.(?:exe|png|mp4|txt)\b/gi;
const SENTENCES = new Set(
  strings(en.words).flatMap(([, text]) => (/ \w+ /.test(text) ? [text] : [])),
);

function expectNoEnglish(house: House, more: readonly string[] = []): void {
  const labels = house.room.said.flatMap((s) => s.message.buttons?.map((b) => b.label) ?? []);
  for (const text of [...house.room.everSeen(), ...more, ...labels]) {
    expect(text.replace(NAMES, ''), text).not.toMatch(ENGLISH);
    expect([...SENTENCES].filter((sentence) => text.includes(sentence))).toEqual([]);
  }
}

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
    expectNoEnglish(house, answers);
    expect(texts(house).join()).toContain('“Una taza”');
    expect(house.nemo.received('session')[0]?.json).toMatchObject({ language: 'es' });
  },
);

const TROUBLE: readonly (readonly [string, (house: House) => void])[] = [
  ['sin respuesta', (house) => house.nemo.script({ heartbeat: true })],
  [
    'conexión cortada',
    (house) => house.nemo.script(toolCall('edit_multitrack', 'e'), { drop: true }),
  ],
  ['problema temporal', (house) => house.nemo.script(say('Se ha producido un problema temporal.'))],
  ['error', (house) => house.nemo.script({ event: { error: 'boom' } })],
  ['rechazo', (house) => house.nemo.script(frame([], { content: undefined, errorCode: 'SAFETY' }))],
  ['sin créditos', (house) => house.nemo.on('run_sse', refused(402, 2001, 'credits'))],
  ['acceso caducado', (house) => house.nemo.on('run_sse', refused(401, 1001, 'expired'))],
  ['sesión perdida', (house) => house.nemo.on('run_sse', refused(404, 1002, 'lost'))],
  ['ocupado', (house) => house.nemo.on('run_sse', refused(429, 429, 'busy'))],
  ['petición no válida', (house) => house.nemo.on('run_sse', refused(422, 422, 'invalid'))],
  [
    'error del servidor',
    (house) => house.nemo.on('session', { status: 500, text: '<html>oops</html>' }),
  ],
  [
    'subida fallida',
    (house) => {
      house.nemo.on('upload', ok({ files: [] }));
      house.nemo.script(say('También se puede sin imagen.'));
    },
  ],
];
test.each(TROUBLE)('in trouble, too: %s', async (_what, breakIt) => {
  for (const anonymous of [false, true]) {
    const house = await open({ anonymous });
    breakIt(house);
    await house.room.write(
      'Haz un video de dos minutos sobre el té con música de https://youtu.be/abc',
      {
        files: [{ name: 'cup.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1') }],
      },
    );
    await house.idle();
    expect(texts(house).length).toBeGreaterThan(0);
    expectNoEnglish(house);
  }
});

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
  expectNoEnglish(house, await house.room.press('editor'));
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
