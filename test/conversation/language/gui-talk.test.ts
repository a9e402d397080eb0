import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateGuiTalk } from '../../../src/conversation/language/gui-talk.ts';

const asked = (text: string) => {
  const { asks } = translateGuiTalk(text);
  return (['export', 'timeline', 'credits'] as const).filter((ask) => asks[ask]);
};
const left = (text: string) => translateGuiTalk(text).text;

describe('instructions for an editor', () => {
  it('case 43: "Preview in the Timeline panel or click Export to save" is cut; it asks for the tracks and an export', () => {
    const text =
      'The harbour film is finished: 12 seconds, calm piano. Preview in the Timeline panel or click Export to save.';
    expect(left(text)).toBe('The harbour film is finished: 12 seconds, calm piano.');
    expect(asked(text)).toEqual(['export', 'timeline']);
  });

  it('case 44: 点击导出按钮即可导出 leaves nothing of the instruction', () => {
    expect(left('点击导出按钮即可导出')).toBe('');
    expect(left('海港短片已完成，配乐为钢琴曲。点击右上角的“导出”按钮即可下载。')).toBe(
      '海港短片已完成，配乐为钢琴曲。',
    );
    expect(asked('點擊匯出按鈕即可匯出。')).toEqual(['export']);
  });

  it('case 45: a title that reads "Click here" is kept', () => {
    for (const title of [
      '"Click here"',
      '“Click here”',
      "'Click here'",
      '‘Click here’',
      '「点击这里」',
      '《点击导出》',
      '`Click Export`',
    ]) {
      const text = `I changed the title to ${title} for the first 3 seconds.`;
      expect(translateGuiTalk(text)).toEqual({
        text,
        asks: { export: false, timeline: false, credits: false },
      });
    }
  });

  it('case 46: "check your billing page" asks for the credits', () => {
    expect(asked('Please check your billing page.')).toEqual(['credits']);
    expect(asked('You can top up credits in your account.')).toEqual(['credits']);
    expect(asked('请前往账户页面查看积分。')).toEqual(['credits']);
  });

  it.each([
    ['Click the Export button to download it.', ['export']],
    ['Then simply press the "Download" button.', ['export']],
    ['Find the Export option in the top-right menu.', ['export']],
    ['You can open the Media panel to see every shot.', ['timeline']],
    ['Go to the timeline and look around.', ['timeline']],
    ['Now you can watch it in the preview player.', ['timeline']],
    ['打开素材面板查看片段。', ['timeline']],
    ['可在时间线中预览效果。', ['timeline']],
    ['您现在可以导出视频了。', ['export']],
    ['Drag and drop the clips to change their order.', []],
    ['Feel free to drag the photos onto the timeline.', []],
    ['把片段拖到时间轴上即可。', []],
    ['You can fine-tune the volume in the Audio panel.', []],
    ['Tap the gear icon.', []],
    ['Save the file to your computer by clicking Download.', ['export']],
    ['满意后点击“导出”按钮。', ['export']],
  ])('%j is cut whole and asks for %j', (text, asks) => {
    expect(left(text)).toBe('');
    expect(asked(text)).toEqual(asks);
  });

  it.each([
    ['Your 8-second sunrise is ready, click Export to save.', 'Your 8-second sunrise is ready.'],
    ['The logo is in place — drag it on the canvas if you like!', 'The logo is in place!'],
    [
      'Music fades out at 9s and you can open the Audio panel to change it.',
      'Music fades out at 9s.',
    ],
    [
      'You can adjust the speed in the editor, and the title stays for 3s.',
      'The title stays for 3s.',
    ],
    ['All done 🎬 Click Export to download it!', 'All done 🎬'],
    ['Both scenes are ready (click Export to download).', 'Both scenes are ready.'],
    ['To change the order, drag the clips. The rain starts at 4s.', 'The rain starts at 4s.'],
    ['Tip: open the Media panel. Scene two is new.', 'Scene two is new.'],
    ['视频已完成，点击导出按钮即可下载。片长十秒。', '视频已完成。片长十秒。'],
    ['如果想调整顺序，可以拖动片段。配乐很轻快。', '配乐很轻快。'],
    ['**Ready, click Export**', 'Ready'],
  ])('%j keeps its content', (text, rest) => {
    expect(left(text)).toBe(rest);
  });

  it.each([
    'The camera follows an open road at dusk.',
    'Drag race clip now lasts 4 seconds.',
    'Open on a wide shot of the harbour, then cut to the market.',
    'Scene 1: click the seatbelt and drive off.',
    'The hero taps the export button in scene 2.',
    'I moved the clip on the timeline and raised the volume.',
    'Choose a style: calm or lively?',
    'Should I move the title to the end?',
    'Just say "export" and I will send you the MP4.',
    'Watch the tide come in while the piano plays.',
    'Here it is: https://example.com/dashboard/export. Click https://example.com/x to watch it.',
    '镜头打开一扇门，阳光照进来。',
    '我在时间轴上添加了字幕，并点击率数据放在片尾。',
    '需要导出吗？请告诉我。',
    'Run `npm test`, see "Open the Media panel" in the script.',
    '```\nClick the Export button.\n```',
  ])('%j is content and stays', (text) => {
    expect(translateGuiTalk(text)).toEqual({
      text,
      asks: { export: false, timeline: false, credits: false },
    });
  });

  it('keeps the shape of lists and closes gaps in their numbers', () => {
    expect(
      left(
        'I made:\n\n1. Click the Export button.\n2. A calm intro.\n3. Open the Media panel.\n4. A title: "Go".\n\nEnjoy!',
      ),
    ).toBe('I made:\n\n1. A calm intro.\n2. A title: "Go".\n\nEnjoy!');
    expect(left('- **Video:** harbour\n  - 10 s, click Export to save\n- Music: piano')).toBe(
      '- **Video:** harbour\n  - 10 s\n- Music: piano',
    );
  });

  it('leaves no heading over nothing', () => {
    expect(
      left(
        'Your film is ready.\n\nNext steps:\n- Click **Export** in the top right\n- Drag clips to reorder them',
      ),
    ).toBe('Your film is ready.');
  });

  it('reads curly apostrophes and mixed languages', () => {
    expect(left('Film fertig. When you’re ready, click Export. 音乐很轻快。')).toBe(
      'Film fertig. 音乐很轻快。',
    );
  });
});

const calm = fc
  .stringMatching(/^[A-Za-z0-9 ,.!?\n-]{0,80}$/)
  .filter(
    (text) =>
      !/click|tap|press|hit|push|drag|drop|open|launch|access|go|head|visit|see|view|check|select|use|find|play|preview|watch|export|download|save|move|edit|set|add|cut/i.test(
        text,
      ),
  );
const QUOTES = [
  ['"', '"'],
  ['“', '”'],
  ['「', '」'],
  ['《', '》'],
  ['`', '`'],
  ['‘', '’'],
] as const;

describe('whatever the text', () => {
  it('text without instructing verbs comes back unchanged', () => {
    fc.assert(fc.property(calm, (text) => void expect(left(text)).toBe(text)));
  });

  it('quoted words in content survive, whatever they say', () => {
    const said = fc.constantFrom(
      'Click Export',
      'Open the Media panel',
      '点击导出按钮',
      'Drag the clips. Then click Save',
      'check your billing page',
    );
    fc.assert(
      fc.property(said, fc.constantFrom(...QUOTES), calm, (words, [open, close], rest) => {
        const quoted = `${open}${words}${close}`;
        expect(
          left(`The title is now ${quoted} in white. ${rest}\nClick the Export button.`),
        ).toContain(quoted);
      }),
    );
  });

  it('translating twice changes nothing more', () => {
    const sentences = fc.constantFrom(
      'Click Export to save. ',
      'The sea is calm, ',
      'drag the clips. ',
      '1. Piano\n',
      '点击导出。',
      '音乐很轻快，',
      '- Next steps:\n',
      '(open the Media panel) ',
    );
    fc.assert(
      fc.property(fc.array(sentences, { maxLength: 8 }), (parts) => {
        const once = left(parts.join(''));
        expect(left(once)).toBe(once);
      }),
    );
  });

  it('takes any text, and long ones quickly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => void translateGuiTalk(text),
      ),
    );
    for (const unit of ['word ', '需要', 'you can ', 'click ', "it's ", '"', 'a, ', '拖'])
      translateGuiTalk(unit.repeat(20_000));
  });
});
