/** The brand of a channel, as its admins see it. */
import type { BrandFields } from '../../platforms/chat.ts';
import { bytes } from './numbers.ts';

const BRAND_NAMES: Readonly<Record<keyof BrandFields, string>> = {
  name: 'Name',
  colours: 'Colours',
  intro: 'First sentence',
  outro: 'Last sentence',
  voice: 'Voice',
  music: 'Music',
};

export const brand = {
  fields: BRAND_NAMES,
  form: {
    title: 'Brand kit',
    submit: 'Keep',
    cancel: 'Cancel',
    colours: 'For example #2f6f4f #f4e9d8',
    logo: 'Logo, in place of the one that is there',
    remove: 'Take the logo away',
  },
  heading: '🎨 **The brand of this channel**',
  fact: (field: keyof BrandFields, value: string): string => `**${BRAND_NAMES[field]}:** ${value}`,
  hasLogo: '**Logo:** there is one',
  none: '🎨 This channel has no brand yet.',
  hint: 'It joins the first request of a thread; whoever writes “without the brand” leaves it out. Behind the command: `brand name: Tea House; colours: #2f6f4f #f4e9d8; intro: …; outro: …; voice: …; music: …`, and `brand remove logo` or `brand remove`.',
  changed: 'It is kept.',
  colourUnclear:
    'I found no colour in that. Please write them like `#2f6f4f`. Nothing was changed.',
  logoRefused: (limit: number): string =>
    `I cannot use that as a logo. Please send a PNG, JPEG, WebP or GIF of at most ${bytes(limit)}. Nothing was changed.`,
};

export type BrandWords = typeof brand;
