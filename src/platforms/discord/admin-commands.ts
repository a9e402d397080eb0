/** Commands that are shown to whoever manages a server; who is an admin is asked at each act. Data alone. */
import { ApplicationCommandOptionType as Option, PermissionFlagsBits } from 'discord.js';
import { PROFILE_NAMES } from '../../conversation/skill-profile.ts';
import { LONGEST_WISH } from '../shared/wishes.ts';
import { type Key, named } from './named-command.ts';

/** Whoever manages a server may give them to others there. */
const default_member_permissions = String(PermissionFlagsBits.ManageGuild);

export const settings = {
  ...named('settings'),
  default_member_permissions,
  options: [
    {
      ...named('profile'),
      type: Option.String,
      choices: PROFILE_NAMES.map((value) => ({ name: value, value })),
    },
  ],
};

/** As they are read by conversation/admin/orders.ts; channel or person go behind the last three. */
const ORDERS = [
  'pause',
  'resume',
  'everywhere',
  'pause everywhere',
  'resume everywhere',
  'allow',
  'deny',
  'reset',
] as const;

export const admin = {
  ...named('admin'),
  default_member_permissions,
  options: [
    {
      ...named('order'),
      type: Option.String,
      choices: ORDERS.map((value) => ({ name: value, value })),
    },
    { ...named('channel'), type: Option.Channel },
    { ...named('person'), type: Option.User },
  ],
};

const text = (key: Key) => ({ ...named(key), type: Option.String, max_length: LONGEST_WISH });

/** Changes what is given, and shows the rest. */
export const brand = {
  ...named('brand'),
  default_member_permissions,
  options: [
    text('brandName'),
    text('colours'),
    text('intro'),
    text('outro'),
    text('voice'),
    text('music'),
    { ...named('logo'), type: Option.Attachment, file_types: ['image'] },
    {
      ...named('remove'),
      type: Option.String,
      choices: ['logo', 'all'].map((value) => ({ name: value, value })),
    },
  ],
};
