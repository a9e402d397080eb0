/** Versions in the playground, in English and in Chinese, and a copy that fits: see transcripts/. */
import { expect, test } from 'vitest';
import { ASKED, makesThreeChineseCuts, makesThreeCuts } from '../doubles/nemo/three-cuts.ts';
import { givesSizes } from '../doubles/nemo/video-sizes.ts';
import { open } from './scenarios/support.ts';
import { tell } from './transcripts/tell.ts';

const MB = 1024 * 1024;

test('versions: listed, compared, exported once more', async () => {
  const house = await open({ rules: { autoExport: 'always' } });
  makesThreeCuts(house.nemo);
  const more = ['versions', 'compare v1 and v2', 'v1 in landscape, 720p', 'export v2', 'export v9'];
  for (const words of [...ASKED, ...more]) {
    await house.room.write(words);
    await house.idle();
  }
  await house.room.press('compare', { value: 'v1 v3' });
  await expect(tell('Versions', house.room)).toMatchFileSnapshot('transcripts/versions.md');
});

test('版本：列出、比较、再次导出', async () => {
  const house = await open({ rules: { autoExport: 'always' } });
  makesThreeChineseCuts(house.nemo);
  for (const words of ['做一个关于茶的短片', '音乐小声一点', '标题改成“清晨的茶”']) {
    await house.room.write(words);
    await house.idle();
  }
  for (const words of ['版本', '比较 v1 v2', 'v1 横屏', '导出 v2', '导出第九版']) {
    await house.room.write(words);
    await house.idle();
  }
  await expect(tell('版本', house.room)).toMatchFileSnapshot('transcripts/versions-chinese.md');
});

test('a place that takes less: the link, and a copy that plays', async () => {
  const house = await open({ rules: { autoExport: 'first', fitVideo: true } });
  givesSizes(house.nemo, { full: 30 * MB, '720p': 3 * MB });
  await house.room.write(ASKED[0]);
  await house.idle();
  await expect(tell('A video that fits', house.room)).toMatchFileSnapshot(
    'transcripts/fit-video.md',
  );
});
