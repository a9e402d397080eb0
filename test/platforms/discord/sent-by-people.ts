/**
 * What messages hold beside their text, field by field as Discord's documentation lists it
 * (docs.discord.com/developers: resources/message "Embed Object", "Attachment Object", "Message Snapshot Object";
 * resources/poll "Poll Object"; resources/sticker "Sticker Item Object"; components/reference).
 */

/** As a news app posts it. */
export const newsEmbed = {
  type: 'rich',
  title: 'The kettle museum <:steam:4242>',
  description: 'Opens on <t:1735718400:D>. See <#CHANNEL>.',
  url: 'https://news.example/kettles',
  timestamp: '2025-01-01T08:00:00+00:00',
  color: 5814783,
  footer: { text: 'News bot, page 1 of 3', icon_url: 'https://news.example/icon.png' },
  image: { url: 'https://news.example/kettle.png', height: 300, width: 400 },
  provider: { name: 'Example News' },
  author: { name: 'Ada Lin', url: 'https://news.example/ada' },
  fields: [
    { name: 'Where', value: 'Harbour street 4', inline: true },
    { name: 'How much', value: 'Nothing', inline: true },
  ],
};

export const newsWords = (channel: string) =>
  [
    'Ada Lin',
    'The kettle museum :steam:',
    `Opens on 2025-01-01. See #${channel}.`,
    'Where: Harbour street 4',
    'How much: Nothing',
    'https://news.example/kettles',
  ].join('\n');

/** What Discord adds to a message with a link: of a page, and of the kind that is typed as an app's own. */
export const previews = [
  {
    type: 'article',
    url: 'https://shop.example/tea',
    title: 'Tea, 20% off',
    description: 'Buy now.',
    provider: { name: 'Shop' },
    thumbnail: { url: 'https://shop.example/tea.png', width: 1, height: 1 },
  },
  {
    type: 'rich',
    url: 'https://social.example/status/1',
    description: 'What somebody wrote there.',
    author: { name: 'Somebody (@some)', url: 'https://social.example/some' },
    footer: { text: 'Social' },
    fields: [],
  },
];

export const poll = {
  question: { text: 'Which opening shot?' },
  answers: [
    { answer_id: 1, poll_media: { text: 'A kettle at dawn', emoji: { id: null, name: '🫖' } } },
    { answer_id: 2, poll_media: { text: 'The harbour', emoji: { id: '4242', name: 'wave' } } },
    { answer_id: 3, poll_media: { text: 'Nothing at all' } },
  ],
  expiry: '2026-12-01T00:00:00.000000+00:00',
  allow_multiselect: false,
  layout_type: 1,
  results: { is_finalized: false, answer_counts: [{ id: 1, count: 2, me_voted: false }] },
};

export const pollWords =
  'Which opening shot?\n- 🫖 A kettle at dawn\n- :wave: The harbour\n- Nothing at all';

export const sticker = { id: '749054660769218631', name: 'Wave', format_type: 3 };

/** A message made of components, as its app sends it (`IS_COMPONENTS_V2`). */
export const cardFlags = 1 << 15;
export const card = [
  {
    type: 17,
    id: 1,
    accent_color: 703487,
    spoiler: false,
    components: [
      { type: 10, id: 2, content: '## Brief of the day' },
      {
        type: 9,
        id: 3,
        components: [{ type: 10, id: 4, content: 'A heron waits by the river.' }],
        accessory: { type: 2, id: 5, style: 5, label: 'Open the board', url: 'https://b.example' },
      },
      { type: 14, id: 6, divider: true, spacing: 1 },
      { type: 1, id: 7, components: [{ type: 2, id: 8, style: 1, label: 'Like', custom_id: 'l' }] },
    ],
  },
];
export const cardWords = '## Brief of the day\n\nA heron waits by the river.';
