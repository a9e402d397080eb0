import type { BrandFields } from '../../platforms/chat.ts';
import type { BrandWords } from '../en/brand.ts';
import { bytes } from './numbers.ts';

const BRAND_NAMES: Readonly<Record<keyof BrandFields, string>> = {
  name: '名称',
  colours: '颜色',
  intro: '开头语',
  outro: '结束语',
  voice: '配音',
  music: '音乐',
};

export const brand: BrandWords = {
  fields: BRAND_NAMES,
  form: {
    title: '品牌',
    submit: '保存',
    cancel: '取消',
    colours: '例如 #2f6f4f #f4e9d8',
    logo: '标志（会替换现有的）',
    remove: '移除标志',
  },
  heading: '🎨 **这个频道的品牌**',
  fact: (field, value) => `**${BRAND_NAMES[field]}：**${value}`,
  hasLogo: '**标志：**已设置',
  none: '🎨 这个频道还没有品牌。',
  hint: '品牌会加入每个会话的第一个请求；写“不要品牌”可以不用。命令后可以写：`brand name: 茶馆; colours: #2f6f4f #f4e9d8; intro: …; outro: …; voice: …; music: …`，以及 `brand remove logo` 或 `brand remove`。',
  changed: '已保存。',
  colourUnclear: '没有找到颜色，请写成 `#2f6f4f` 这样。没有任何更改。',
  logoRefused: (limit) =>
    `这个文件不能用作标志。请发送不超过 ${bytes(limit)} 的图片。没有任何更改。`,
};
