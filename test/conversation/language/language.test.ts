import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/conversation/language/language.ts';
import { PROMPTS as MORE_PROMPTS } from '../fixtures/prompts.ts';

const PROMPTS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'make it faster',
    'A short video about bees',
    'add a title at the start',
    'turn this into a 30 second clip',
    'calm music please',
  ],
  'zh-CN': ['做一个关于猫的视频', '换成轻快的音乐', '加个标题“你好”', '用 Lo-fi 音乐做一个 video'],
  'zh-TW': ['做一個關於貓的影片', '換成輕快的音樂', '幫我加上標題', '把時間調長一點'],
  ja: [
    '猫の動画を作ってください',
    '音楽をもっと静かに',
    'タイトルを追加して',
    '東京の夜景を10秒で',
  ],
  ko: ['고양이 영상을 만들어 주세요', '음악을 바꿔 주세요', '제목 추가', '더 빠르게'],
  es: [
    'Haz un video sobre el mar',
    'añade música alegre',
    'cambia el título',
    'quiero un clip más corto',
  ],
  fr: [
    'Fais une vidéo sur Paris',
    'ajoute une musique douce',
    'change le titre',
    'plus court, s’il te plaît',
  ],
  de: [
    'Erstelle ein Video über Bienen',
    'füge ruhige Musik hinzu',
    'ändere den Titel',
    'bitte etwas schneller',
  ],
  ru: ['Сделай видео про осень', 'добавь спокойную музыку', 'измени название', 'сделай короче'],
  ar: ['اصنع مقطعا عن البحر', 'أضف موسيقى هادئة', 'غير العنوان', 'اجعله أقصر'],
  pt: [
    'Faça um vídeo sobre o mar',
    'adicione uma música calma',
    'mude o título',
    'quero um clipe mais curto',
  ],
  it: [
    'Fai un video sul mare',
    'aggiungi una musica allegra',
    'cambia il titolo',
    'voglio un video più corto',
  ],
  tr: [
    'Deniz hakkında bir video yap',
    'sakin bir müzik ekle',
    'başlığı değiştir',
    'daha kısa olsun',
  ],
  hi: ['समुद्र के बारे में एक वीडियो बनाओ', 'शांत संगीत जोड़ो', 'शीर्षक बदलो', 'इसे छोटा करो'],
};
const ROWS = Object.entries(PROMPTS).flatMap(([tag, texts]) =>
  texts.map((text) => ({ text, tag })),
);

describe('languageOf', () => {
  it('knows at least 50 of 57 short prompts in 14 languages', () => {
    expect([ROWS.length, Object.keys(PROMPTS).length]).toEqual([57, 14]);
    const wrong = ROWS.filter(({ text, tag }) => languageOf(text) !== tag);
    expect(ROWS.length - wrong.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(50);
  });

  it('knows at least 205 of 227 short prompts in Latin letters, in 12 languages, and never takes English for another that it speaks', () => {
    const rows = Object.entries(MORE_PROMPTS).flatMap(([tag, texts]) =>
      texts.map((text) => ({ tag, text, found: languageOf(text) })),
    );
    expect([rows.length, Object.keys(MORE_PROMPTS).length]).toEqual([227, 12]);
    const wrong = rows.filter(({ tag, found }) => tag !== found);
    expect(rows.length - wrong.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(205);
    expect(rows.filter(({ tag, found }) => tag === 'en' && found === 'es')).toEqual([]);
  });

  it.each([
    ['https://example.com/le-grand-voyage'],
    ['urlaub_fotos.mp4 strand.jpg'],
    ['export 1080p MP4'],
    ['credits'],
    ['12 34 !?'],
    ['🎬🎬'],
    ['New York'],
    [''],
  ])('%j tells nothing, so the thread keeps its language', (text) => {
    expect(languageOf(text, 'ja')).toBe('ja');
    expect(languageOf(text)).toBe('en');
  });

  it('a Chinese command is Chinese all the same', () => {
    expect(languageOf('导出', 'en')).toBe('zh-CN');
    expect(languageOf('餘額', 'en')).toBe('zh-TW');
  });

  it('a foreign name in a sentence does not decide', () => {
    expect(languageOf('make a calm video about 东京')).toBe('en');
    expect(languageOf('做一个关于 New York 的视频')).toBe('zh-CN');
    expect(languageOf('Erstelle ein Video mit strand.jpg von https://example.com/the/of/and')).toBe(
      'de',
    );
  });

  it('tells the neighbours of Russian and Arabic apart', () => {
    expect(languageOf('Зроби відео про ліс')).toBe('uk');
    expect(languageOf('یک ویدیو درباره دریا بساز')).toBe('fa');
  });

  it('gives a tag for any text, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(languageOf(text)).toMatch(/^[a-z]{2}(-[A-Z]{2})?$/);
      }),
    );
    expect(languageOf('una película sobre el mar y la luna '.repeat(20_000))).toBe('es');
  });
});
