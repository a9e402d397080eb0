/** Which skill profile the bot acts as, channel by channel: an admin's choice, else the operator's setting. */
import { z } from 'zod';
import { LOCALES } from '../locales/locales.ts';
import type { Place } from '../platforms/chat.ts';
import type { State } from '../state/state.ts';
import { PROFILE_NAMES, PROFILES, type Profile, type ProfileName } from './skill-profile.ts';

export interface ChannelProfiles {
  of(place: Place): Promise<Profile>;
  choose(place: Place, name: ProfileName): Promise<void>;
}

const choice = z.enum(PROFILE_NAMES);

export function openChannelProfiles(state: State, usual: Profile): ChannelProfiles {
  const map = state.map('channel-profile', choice);
  const keyOf = ({ platform, workspace, channel }: Place) => `${platform}:${workspace}:${channel}`;
  return {
    async of(place) {
      const chosen = await map.get(keyOf(place));
      return chosen ? PROFILES[chosen] : usual;
    },
    choose: (place, name) => map.set(keyOf(place), name),
  };
}

/** As people type it: the whole name, or enough of its beginning or title to be the only one. */
export function profileNamed(text: string): ProfileName | undefined {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return undefined;
  const fits = PROFILE_NAMES.filter(
    (name) =>
      name === wanted ||
      name.startsWith(wanted) ||
      LOCALES.some(({ words }) => words.profiles[name].title.toLowerCase().startsWith(wanted)),
  );
  return fits.length === 1 ? fits[0] : undefined;
}
