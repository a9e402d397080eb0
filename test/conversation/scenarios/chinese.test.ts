/** Who writes Chinese reads Chinese: not one English sentence, whatever happens. */
import { expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../../src/conversation/skill-profile.ts';
import type { House } from '../../doubles/house.ts';
import { ok, refused } from '../../doubles/nemo/answers.ts';
import { frame, type Step, say, toolCall, toolResult } from '../../doubles/nemo/steps.ts';
import { gate, hear, open, texts } from './support.ts';

const draft = (title: string, volume = 0.35) => ({
  t: [
    { tt: 0, sg: [{ d: 10000, m: { title: '茶山' } }] },
    { tt: 1, sg: [{ d: 10000, m: { title: '古琴', volume } }] },
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

/** Names of products, formats and units that have no other name in Chinese. */
const NAMES =
  /\b(?:AI|Colab|MP4|NemoVideo|YouTube|Spotify|Bob|Alice|[KMG]B|1080p|txt|md|vtt|odt|rtf|pptx|epub|fountain|csv|xlsx|html|mov|avi|webm|mkv|jpe?g|png|gif|webp|mp3|mp4|wav|m4a|aac|srt|docx|pdf)\b|\b[\w-]+\.(?:exe|png|mp4|txt)\b|https?:\/\/\S+/gi;

function expectNoEnglish(house: House, more: readonly string[] = []): void {
  for (const text of [...house.room.everSeen(), ...more]) {
    expect(text.replace(NAMES, '').match(/[A-Za-z]{2,}/g), text).toBeNull();
  }
  const labels = house.room.said.flatMap((s) => s.message.buttons?.map((b) => b.label) ?? []);
  for (const label of labels) expect(label.replace(NAMES, '')).not.toMatch(/[A-Za-z]{2,}/);
}

test.each(PROFILE_NAMES)(
  'a whole conversation in Chinese, from help to MP4 (%s)',
  async (profile) => {
    const house = await open({ profile, rules: { autoExport: 'first' } });
    await house.room.write('帮助');
    await house.idle();
    house.nemo.script(
      { heartbeat: true },
      toolCall('generate_video_with_seedance', 'g'),
      { draft: draft('清晨') },
      toolResult('generate_video_with_seedance', 'g'),
      say('茶山的短片做好了。点击导出按钮即可导出。'),
    );
    await house.room.write('做一个十秒的短片：清晨的茶山。');
    await hear(house, /视频已就绪/);
    house.nemo.script(...silently(draft('一杯茶', 0.2)));
    await house.room.write('标题改成“一杯茶”，音乐小声一点。', {
      files: [
        { name: 'tool.exe', bytes: Buffer.from('MZ') },
        { name: 'cup.png', bytes: Buffer.alloc(0) },
      ],
    });
    await house.idle();
    for (const words of ['状态', '余额', '积分', '导出 1080p', '停止', '重新开始', '状态']) {
      await house.room.write(words);
      await house.idle();
    }
    await house.idle();
    const answers = [
      await house.room.press('timeline'),
      await house.room.press('change'),
      await house.room.press('stop'),
      await house.room.press('credits'),
    ].flat();
    expectNoEnglish(house, answers);
    expect(texts(house).join()).toContain('“一杯茶”');
    expect(house.nemo.received('session')[0]?.json).toMatchObject({ language: 'zh-CN' });
  },
);

const TROUBLE: readonly (readonly [string, (house: House) => void])[] = [
  ['没有回应', (house) => house.nemo.script({ heartbeat: true })],
  ['连接中断', (house) => house.nemo.script(toolCall('edit_multitrack', 'e'), { drop: true })],
  ['临时问题', (house) => house.nemo.script(say('遇到临时问题，请稍后再试。'))],
  ['出错', (house) => house.nemo.script({ event: { error: 'boom' } })],
  ['拒绝', (house) => house.nemo.script(frame([], { content: undefined, errorCode: 'SAFETY' }))],
  ['积分用完', (house) => house.nemo.on('run_sse', refused(402, 2001, 'credits'))],
  ['权限过期', (house) => house.nemo.on('run_sse', refused(401, 1001, 'expired'))],
  ['会话丢失', (house) => house.nemo.on('run_sse', refused(404, 1002, 'lost'))],
  ['太忙', (house) => house.nemo.on('run_sse', refused(429, 429, 'busy'))],
  ['请求有误', (house) => house.nemo.on('run_sse', refused(422, 422, 'invalid'))],
  ['服务器错误', (house) => house.nemo.on('session', { status: 500, text: '<html>oops</html>' })],
  [
    '上传失败',
    (house) => {
      house.nemo.on('upload', ok({ files: [] }));
      house.nemo.script(say('没有图片也可以。'));
    },
  ],
];
test.each(TROUBLE)('in trouble, too: %s', async (_what, breakIt) => {
  for (const anonymous of [false, true]) {
    const house = await open({ anonymous });
    breakIt(house);
    await house.room.write('做一个关于茶山的短片，用一下 YouTube 的音乐 https://youtu.be/abc', {
      files: [{ name: 'cup.png', bytes: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1') }],
    });
    await house.idle();
    expect(texts(house).length).toBeGreaterThan(0);
    expectNoEnglish(house);
  }
});

test('exports in trouble, notices and stops are Chinese as well', async () => {
  const house = await open();
  const first = gate();
  house.nemo.script(
    { heartbeat: true },
    { until: first.opened },
    { draft: draft('茶') },
    say('做好了。'),
  );
  house.nemo.script(say('雨声加好了。'));
  await house.room.write('做一个关于茶山的短片。');
  await house.room.write('再加一点雨声。');
  await hear(house, /仍在处理/);
  first.open();
  await hear(house, /做好了/);
  await house.idle();
  house.nemo.on('render', refused(402, 402, 'plan'));
  await house.room.write('导出');
  await hear(house, /升级套餐/);
  house.nemo.on('render', () => undefined);
  house.nemo.renderPlan = [{ status: 'failed' }];
  await house.room.write('导出');
  await hear(house, /导出失败/);
  house.nemo.renderPlan = [{ status: 'completed' }];
  house.room.fileBytes = 10;
  await house.room.write('导出');
  await hear(house, /超过了这里/);
  house.nemo.script({ heartbeat: true }, { hang: true });
  await house.room.write('再慢一点。');
  await house.nemo.arrival('run_sse', 3);
  await house.room.write('停止');
  await hear(house, /已停止。/);
  await house.idle();
  expectNoEnglish(house, await house.room.press('editor'));
});
