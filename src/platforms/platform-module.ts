/**
 * What each folder here exports as its `module.ts`, so that nothing else has to know it by name: how it is called, its
 * settings, what the doctor looks at, and how it is made. platforms.ts lists them. A module is read at every start,
 * also of processes that do not serve its platform: what is heavy, an SDK above all, is imported within `check` and
 * `create`.
 */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Profile } from '../conversation/skill-profile.ts';
import type { Deps } from '../conversation/turn-context.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Finding } from '../runtime/finding.ts';
import type { Route } from '../runtime/http-server.ts';
import type { Log } from '../runtime/log.ts';
import type { OnPlatformCall } from '../runtime/metrics.ts';
import type { Prompts } from '../runtime/prompts.ts';
import type { Environment } from '../settings/environment.ts';
import { sentencesOf } from '../settings/fields.ts';
import type { State } from '../state/state.ts';
import type { ChatPlatform, PlatformName } from './chat.ts';

/** Of the settings that belong to no platform, those that one may have to agree with. */
export interface CommonSettings {
  /** What the HTTP port listens on. */
  readonly host: string;
  readonly encryptionKey: string | undefined;
  /** Empty: all. */
  readonly allowedWorkspaces: readonly string[];
  /** Emoji that ask for a video of a message; empty: none does. */
  readonly reactions: readonly string[];
}

/** Pages of whoever runs the bot, for those who use it; only those that there are. */
export interface OperatorLinks {
  readonly support?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
}

/** What a platform is made with. */
export interface PlatformServices {
  readonly state: State;
  readonly clock: Clock;
  readonly log: Log;
  /** For files of its own: the folder of the database. */
  readonly dataDir: string;
  /** Where the HTTP port can be reached; its number is known only once it listens. */
  readonly address: () => { readonly host: string; readonly port: number };
  readonly profile: Profile;
  /** The largest file taken. */
  readonly maxUploadBytes: number;
  readonly helpNotes: Deps['helpNotes'];
  /** Told of each request to the API of a chat service. */
  readonly onCall?: OnPlatformCall | undefined;
  /** Pages of whoever runs the bot. */
  readonly links?: OperatorLinks;
}

export interface ServedPlatform extends ChatPlatform {
  /** Answers requests on the HTTP port; false where the path is not the platform's. */
  readonly handle?: Route;
  /** Of the requests that it answers: is this a body that may take its time? */
  readonly isUpload?: (req: IncomingMessage) => boolean;
}

/** A platform whose settings are there. They stay inside. */
export interface ConfiguredPlatform {
  readonly name: PlatformName;
  /** As people write it. */
  readonly title: string;
  /** Hidden wherever something is logged or said. */
  readonly secrets: readonly string[];
  /**
   * For the doctor; changes nothing. `given` is the environment, for the names of `commandSettings`. Rejects where it
   * cannot be reached.
   */
  check(signal: AbortSignal, given?: Environment): Promise<readonly Finding[]>;
  /** Not connected yet: that is `start`. Rejects with a sentence for the operator. */
  create(services: PlatformServices): Promise<ServedPlatform>;
}

/** What `npm run setup` asks with. */
export interface SetUpOrder {
  readonly prompts: Prompts;
  /** What is set already, without empty values. */
  readonly given: Environment;
  /** The first message, with the bot mentioned in it as the platform writes that. */
  readonly greeting: (mention: string) => string;
}

export interface SetUp {
  /** What is to be written, by the names of settings. */
  readonly values: Readonly<Record<string, string>>;
  /** Posts the first message where somebody chose to have it, once; resolves with where that is. */
  readonly greet?: (() => Promise<string>) | undefined;
}

export type PlatformReading =
  /** Values that are malformed, each for itself: sentences for the operator. */
  | { readonly ok: false; readonly problems: readonly string[] }
  | { readonly ok: true; configure(common: CommonSettings): Configured };

/** `problems`: values that do not fit each other. Neither them nor a platform: it is not asked for. */
export interface Configured {
  readonly problems: readonly string[];
  readonly platform?: ConfiguredPlatform;
}

export interface PlatformModule {
  readonly name: PlatformName;
  readonly title: string;
  /** Which settings it needs at the least, for whoever has set up nothing; undefined: it is not offered. */
  readonly needs: string | undefined;
  /** The names that it reads of the environment. */
  readonly settings: z.ZodRawShape;
  /** Of the environment, what only the doctor and `setup` read. */
  readonly commandSettings: readonly string[];
  /** Undefined: there is nothing to ask. Changes nothing here; rejects with what the prompts reject with. */
  readonly setUp: ((order: SetUpOrder) => Promise<SetUp>) | undefined;
  /** `env` has no empty values. */
  read(env: Environment): PlatformReading;
}

interface Definition<Shape extends z.ZodRawShape, Own> {
  readonly name: PlatformName;
  readonly title: string;
  readonly needs?: string;
  readonly settings: Shape;
  /** Of values that are well-formed, those that do not fit each other. */
  readonly problems?: (values: z.infer<z.ZodObject<Shape>>, common: CommonSettings) => string[];
  /** Undefined: the platform is not asked for. */
  readonly configure: (
    values: z.infer<z.ZodObject<Shape>>,
    common: CommonSettings,
  ) => Own | undefined;
  readonly secrets: (own: Own) => readonly (string | undefined)[];
  readonly check: (
    own: Own,
    signal: AbortSignal,
    given: Environment,
  ) => Promise<readonly Finding[]>;
  readonly commandSettings?: readonly string[];
  readonly setUp?: (order: SetUpOrder) => Promise<SetUp>;
  readonly create: (own: Own, services: PlatformServices) => Promise<ServedPlatform>;
}

/** `Own`, the form of the platform's settings, is nobody else's affair. */
export function definePlatform<Shape extends z.ZodRawShape, Own>(
  definition: Definition<Shape, Own>,
): PlatformModule {
  const { name, title, needs, settings, commandSettings = [], setUp } = definition;
  const schema = z.object(settings);

  const configured = (own: Own): ConfiguredPlatform => ({
    name,
    title,
    secrets: definition.secrets(own).filter((secret) => secret !== undefined),
    check: (signal, given = {}) => definition.check(own, signal, given),
    create: (services) => definition.create(own, services),
  });

  return {
    name,
    title,
    needs,
    settings,
    commandSettings,
    setUp,
    read(env) {
      const { data, error } = schema.safeParse(env);
      if (error) return { ok: false, problems: sentencesOf(error) };
      return {
        ok: true,
        configure(common) {
          const problems = definition.problems?.(data, common) ?? [];
          if (problems.length > 0) return { problems };
          const own = definition.configure(data, common);
          return own === undefined ? { problems } : { problems, platform: configured(own) };
        },
      };
    },
  };
}
