/** Whole conversations, kept as pages to be read: see transcripts/*.md. Update them with `vitest -u`, then read them aloud. */
import { expect, test } from 'vitest';
import type { House } from '../doubles/house.ts';
import { refused } from '../doubles/nemo/answers.ts';
import {
  CHANGE,
  FOUR_ORDERS,
  fourPictures,
  makesIt,
  PLANNED_SCRIPT,
} from '../doubles/nemo/planned.ts';
import { sampleDraft } from '../doubles/nemo/samples.ts';
import { say, toolCall, toolResult } from '../doubles/nemo/steps.ts';
import { alice, bob } from '../doubles/room.ts';
import { videoOnly, withMusic, withTitle, withVolume } from './scenarios/drafts.ts';
import { edit, gate, hear, open, tryAgain } from './scenarios/support.ts';
import { tell } from './transcripts/tell.ts';

const png = (name: string) => ({
  name,
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n\0\0\0\rIHDR${name}`, 'latin1'),
});

async function says(house: House, text: string, ...more: Parameters<House['room']['write']>[1][]) {
  await house.room.write(text, ...more);
  await house.idle();
}
const page = (house: House, name: string, title: string) =>
  expect(tell(title, house.room)).toMatchFileSnapshot(`transcripts/${name}.md`);

test('from the first mention to the first video', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  await says(house, '');
  house.nemo.script(
    say('I will start with the mountain at dawn.'),
    toolCall('generate_video_with_seedance', 'g'),
    { draft: videoOnly },
    toolResult('generate_video_with_seedance', 'g'),
    toolCall('add_music', 'm'),
    { draft: sampleDraft },
    toolResult('add_music', 'm'),
    say('Your tea film is ready. Preview it in the Timeline panel, then click Export to save it.'),
  );
  await says(
    house,
    'A 10-second film: tea grows on a misty mountain, a hand picks it, a cup steams.',
  );
  await page(house, 'first-video', 'From the first mention to the first video');
});

test('five minutes later: refining', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(...edit(withTitle('Urban Dreams'), 'I added a white title.'));
  await says(house, 'Add a title "Urban Dreams".');
  house.nemo.script(...edit(withVolume(0.2)));
  await says(house, 'The music is too loud.');
  house.nemo.script(...edit(withTitle('Morning Tea', 5000)));
  await says(house, 'Call it "Morning Tea", and show it for five seconds.');
  house.nemo.script(...edit(withTitle('Morning Tea', 5000)));
  await says(house, 'Make it nicer.');
  await says(house, 'status');
  await says(house, 'export 1080p');
  await page(house, 'refining', 'Five minutes later: refining');
});

test('photos, and one file too many', async () => {
  const house = await open();
  house.nemo.script({ draft: videoOnly }, say('A slideshow of both photos, ten seconds.'));
  await says(house, 'Make a slideshow, open on the first photo.', {
    files: [png('dawn.png'), { name: 'notes.exe', bytes: Buffer.from('MZ') }, png('cup.png')],
  });
  await says(house, 'Use music from https://www.youtube.com/watch?v=abc please');
  await page(house, 'photos', 'Photos, and one file too many');
});

test('the connection breaks', async () => {
  const house = await open({ draft: withMusic });
  house.nemo.script(toolCall('edit_multitrack', 'e'), { drop: true });
  await says(house, 'Add a title "Urban Dreams".');
  const failed = await hear(house, /nothing has changed since/);
  house.nemo.script(...edit(sampleDraft, 'The title is in.'));
  await tryAgain(house, failed);
  await house.idle();
  house.nemo.script({ draft: withVolume(0.2) }, toolCall('edit_multitrack', 'e'), { drop: true });
  await says(house, 'Quieter music, please.');
  await page(house, 'lost-connection', 'The connection breaks');
});

test('the trial runs out, for who may register its account', async () => {
  const house = await open({
    anonymous: true,
    draft: sampleDraft,
    rules: { admins: [alice.id] },
  });
  house.nemo.script(say('Hello! What shall we make?'));
  await says(house, 'Hi, what can we make from this?');
  house.nemo.on('render', refused(402, 402, 'plan'));
  await says(house, 'export');
  house.nemo.on('run_sse', refused(402, 2001, 'credits'));
  await says(house, 'A film about bread.');
  await says(house, 'credits');
  await page(house, 'trial-ends', 'The trial runs out');
});

test('two people, one thread', async () => {
  const house = await open();
  const first = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: first.opened },
    { draft: sampleDraft },
    say('The tea film is done.'),
  );
  await house.room.write('A film about tea.');
  await house.nemo.arrival('run_sse');
  await house.room.write('Make the title blue.', { by: bob });
  await house.room.write('And add rain.', { by: bob });
  await house.room.press('stop', { by: bob });
  house.nemo.script(...edit(withTitle('Blue Dreams'), 'Blue it is.'));
  const second = gate();
  house.nemo.script({ heartbeat: true }, { until: second.opened });
  first.open();
  await house.nemo.arrival('run_sse', 3);
  await house.room.write('// looks good, Bob');
  await house.room.write('stop', { by: bob });
  await house.idle();
  await page(house, 'two-people', 'Two people, one thread');
});

test('a plan first: changed, then made; four videos are planned unasked', async () => {
  const house = await open();
  await says(house, PLANNED_SCRIPT);
  await says(house, CHANGE, { by: bob });
  const plan = house.room.visible().at(-1);
  const does = plan?.message.buttons?.[0]?.does;
  const value = (does && 'action' in does && does.value) || '';
  makesIt(house.nemo);
  await Promise.all([
    house.room.press('make-plan', { value }),
    house.room.press('make-plan', { value, by: bob }),
  ]);
  await house.idle();
  await says(house, 'new');
  await says(house, FOUR_ORDERS, { files: fourPictures });
  await says(house, 'no', { by: bob });
  await page(house, 'plan-first', 'A plan first');
});

test('a question, a refusal, a slow export', async () => {
  const house = await open({ scale: 0.0005 });
  house.nemo.script(
    toolCall('ask_question', 'q', {
      title: 'Two things first',
      questions: [
        {
          id: 'a',
          prompt: 'Which format?',
          options: [
            { id: 'x', label: '16:9' },
            { id: 'y', label: '9:16' },
          ],
        },
        {
          id: 'b',
          prompt: 'Which mood?',
          options: [
            { id: 'x', label: 'Calm' },
            { id: 'y', label: 'Lively' },
          ],
        },
      ],
    }),
  );
  await says(house, 'A film about our tea shop.');
  house.nemo.script({ draft: sampleDraft }, say('Here it is.'));
  await says(house, '9:16, calm');
  house.nemo.script({ event: { author: 'nemo_agent', errorCode: 'SAFETY', errorMessage: 'x' } });
  await says(house, 'Now with my rival in it, looking silly.');
  house.nemo.renderPlan = [{ status: 'processing', progress: 50 }];
  await house.room.write('export');
  await hear(house, /taking longer than usual/);
  house.nemo.renderPlan = [{ status: 'completed' }];
  await hear(house, /Video ready!/);
  await house.idle();
  await house.room.press('editor');
  await page(house, 'question-and-slow-export', 'A question, a refusal, a slow export');
});

test('一段中文对话，从第一句到 MP4', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  await says(house, '帮助');
  house.nemo.script(
    toolCall('generate_video_with_seedance', 'g'),
    { draft: { ...sampleDraft, t: [{ tt: 0, sg: [{ d: 10000, m: { title: '云雾中的茶山' } }] }] } },
    toolResult('generate_video_with_seedance', 'g'),
    {
      draft: {
        ...sampleDraft,
        t: [
          { tt: 0, sg: [{ d: 10000, m: { title: '云雾中的茶山' } }] },
          { tt: 1, sg: [{ d: 10000, m: { title: '古琴', volume: 0.35 } }] },
        ],
      },
    },
    say('茶山的短片做好了。请在时间轴面板中预览，点击导出按钮即可导出。'),
  );
  await says(house, '做一个十秒的短片：清晨的茶山，采茶的手，一杯热茶。');
  house.nemo.script(
    toolCall('edit_multitrack', 'e'),
    {
      draft: {
        ...sampleDraft,
        t: [
          { tt: 0, sg: [{ d: 10000, m: { title: '云雾中的茶山' } }] },
          { tt: 1, sg: [{ d: 10000, m: { title: '古琴', volume: 0.2 } }] },
          { tt: 7, sg: [{ d: 3000, m: { text: '一杯茶' } }] },
        ],
      },
    },
    toolResult('edit_multitrack', 'e'),
  );
  await says(house, '加一个标题“一杯茶”，音乐小声一点。');
  await says(house, '状态');
  await says(house, '余额');
  await says(house, '导出 1080p');
  await page(house, 'chinese', '一段中文对话，从第一句到 MP4');
});

test('una conversación en español, de la primera mención al MP4', async () => {
  const house = await open({ rules: { autoExport: 'first' } });
  await says(house, 'ayuda');
  const hills = { tt: 0, sg: [{ d: 10000, m: { title: 'colinas con niebla' } }] };
  const music = (volume: number) => ({
    tt: 1,
    sg: [{ d: 10000, m: { title: 'guitarra suave', volume } }],
  });
  const title = (text: string) => ({ tt: 7, sg: [{ d: 3000, m: { text } }] });
  const draft = (...t: unknown[]) => ({ draft: { ...sampleDraft, t } });
  house.nemo.script(
    say('Empiezo por las colinas al amanecer.'),
    toolCall('generate_video_with_seedance', 'g'),
    draft(hills),
    toolResult('generate_video_with_seedance', 'g'),
    toolCall('add_music', 'm'),
    draft(hills, music(0.35)),
    toolResult('add_music', 'm'),
    say(
      'Tu película sobre el té está lista. Previsualízala en el panel de la línea de tiempo y haz clic en Exportar en la esquina superior derecha.',
    ),
  );
  await says(
    house,
    'Una película de 10 segundos: el té crece en una colina con niebla, una mano lo recoge, humea una taza.',
  );
  house.nemo.script(
    ...edit(draft(hills, music(0.35), title('Sueños de té')).draft, 'He añadido un título blanco.'),
  );
  await says(house, 'Añade el título “Sueños de té”.', {
    files: [png('taza.png'), { name: 'notas.exe', bytes: Buffer.from('MZ') }],
  });
  house.nemo.script(...edit(draft(hills, music(0.2), title('Sueños de té')).draft));
  await says(house, 'La música está demasiado alta.');
  house.nemo.script(...edit(draft(hills, music(0.2), title('Sueños de té')).draft));
  await says(house, 'hazlo más bonito');
  house.nemo.script(say('Se ha producido un problema temporal. Inténtalo de nuevo más tarde.'));
  await says(house, 'Un poco más de luz en la primera escena.');
  await says(house, '¿Cómo va?');
  await says(house, '¿Cuántos créditos me quedan?');
  await says(house, 'exporta en 1080p');
  house.nemo.on('render', refused(402, 402, 'plan'));
  house.nemo.script(
    ...edit(draft(hills, music(0.1), title('Sueños de té')).draft, 'Más bajo todavía.'),
  );
  await says(house, 'Música aún más baja.');
  await says(house, 'exportar');
  house.nemo.script({ heartbeat: true }, { hang: true });
  const before = house.nemo.received('run_sse').length;
  await house.room.write('Ahora todo en blanco y negro.');
  await house.nemo.arrival('run_sse', before + 1);
  await says(house, 'para');
  await says(house, 'para');
  for (const text of house.room.everSeen())
    expect(text).not.toMatch(
      /\b(?:the|and|you|your|is|are|of|to|with|for|not|it|this|that|please|again)\b/i,
    );
  await page(house, 'spanish', 'Una conversación en español, de la primera mención al MP4');
});
