/** Which skill profile the bot acts as, channel by channel: an admin's choice, else the operator's setting. */
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { LOCALES } from '../locales/locales.ts';
import type { Place } from '../platforms/chat.ts';
import { machineTimers, type Timers } from '../runtime/clock.ts';
import type { State } from '../state/state.ts';
import { PROFILE_NAMES, PROFILES, type Profile, type ProfileName } from './skill-profile.ts';

export interface ChannelProfiles {
  of(place: Place): Promise<Profile>;
  choose(place: Place, name: ProfileName): Promise<void>;
  /** What was chosen in any channel of the workspace. */
  forget(workspace: Pick<Place, 'platform' | 'workspace'>): Promise<void>;
}

/** Real milliseconds after which a choice made in another process is seen here. */
const LIFE_MS = 2_000;

const choice = z.enum(PROFILE_NAMES);

export function openChannelProfiles(
  state: State,
  usual: Profile,
  timers: Pick<Timers, 'monotonic'> = machineTimers,
): ChannelProfiles {
  const map = state.map('channel-profile', choice);
  const recent = new LRUCache<string, Profile>({
    max: 1_000,
    ttl: LIFE_MS,
    ttlResolution: 0,
    perf: { now: () => timers.monotonic() },
  });
  let choices = 0;
  const keyOf = ({ platform, workspace, channel }: Place) => `${platform}:${workspace}:${channel}`;
  return {
    async of(place) {
      const key = keyOf(place);
      const known = recent.get(key);
      if (known) return known;
      const before = choices;
      const chosen = await map.get(key);
      const profile = chosen ? PROFILES[chosen] : usual;
      // What was read while somebody chose may be the old one.
      if (before === choices) recent.set(key, profile);
      return profile;
    },
    async choose(place, name) {
      await map.set(keyOf(place), name);
      choices += 1;
      recent.delete(keyOf(place));
    },
    async forget({ platform, workspace }) {
      for (const key of await map.keys(`${platform}:${workspace}:`)) {
        await map.delete(key);
        choices += 1;
        recent.delete(key);
      }
    },
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
