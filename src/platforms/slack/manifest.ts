/** The app's description for Slack's "create from a manifest", for either way of receiving events. */
import type { webApi } from '@slack/bolt';
import { commandNames } from './command-names.ts';
import { EVENTS_PATH, MAKE_VIDEO, NEW_VIDEO, REDIRECT_PATH } from './registered-names.ts';
import { botScopes, OPTIONAL_SCOPES } from './scopes.ts';

/** As the SDK publishes it, but for what it does not list yet: a scope and an event of the agent surface. */
type Published = webApi.AppsManifestCreateArguments['manifest'];

export interface SlackManifest {
  readonly display_information: Published['display_information'];
  readonly features: NonNullable<Published['features']>;
  readonly oauth_config: {
    readonly redirect_urls?: string[];
    readonly scopes: { readonly bot: string[]; readonly bot_optional: string[] };
  };
  readonly settings: Omit<NonNullable<Published['settings']>, 'event_subscriptions'> & {
    readonly event_subscriptions: { readonly bot_events: string[]; readonly request_url?: string };
  };
}

export interface ManifestOptions {
  readonly mode: 'socket' | 'http';
  /** The bot's public https address; needed for HTTP, and for OAuth in either mode. */
  readonly address?: string | undefined;
  /** For several workspaces. */
  readonly oauth: boolean;
  /** Renames the slash commands. */
  readonly prefix?: string | undefined;
  /** A reaction may ask for a video. */
  readonly reactions?: boolean;
  /** Tokens that last twelve hours and are renewed; only where the app is installed by OAuth. Slack takes it back for no app. */
  readonly rotation?: boolean;
}

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'tokens_revoked',
] as const satisfies NonNullable<
  NonNullable<NonNullable<Published['settings']>['event_subscriptions']>['bot_events']
>;
/** Where reactions are listened to. */
const EVENTS_OF_REACTIONS = ['reaction_added'] as const;
const EVENTS_OF_AGENTS = ['agent_session_stopped'] as const;

/** A command for each word would take names that other apps, and Slack itself, have for themselves. */
function slashCommands(prefix: string | undefined) {
  const { any, video, credits } = commandNames(prefix);
  return [
    [any, 'Videos: export, status, stop, new, credits, help', 'help'],
    [video, 'Make a video from a script', '[script]'],
    [credits, 'Show what is left, privately', '[help]'],
  ] as const;
}

export function slackManifest({
  mode,
  address,
  oauth,
  prefix,
  reactions = true,
  rotation = false,
}: ManifestOptions): SlackManifest {
  const events = mode === 'http' && address ? new URL(EVENTS_PATH, address).href : undefined;
  const receives = events ? { request_url: events } : {};
  return {
    display_information: {
      name: 'NemoVideo',
      description: 'Turns scripts, images and clips into finished videos in threads.',
      long_description:
        'Mention me with a script, a story or a few pictures, and I come back in the thread with a finished video. ' +
        'Then just write what to change: slower, another song, a bigger title. Every thread is a project of its own; ' +
        'say export for the MP4, status to see how far it is, stop to stop, and credits to see, privately, what is left. ' +
        'Videos and answers are made by AI and may be wrong: look at them before you pass them on. ' +
        'Making videos spends credits of a NemoVideo account; exporting needs a paid plan for accounts whose own plan does not include it.',
      background_color: '#1a1a2e',
    },
    features: {
      agent_view: {
        agent_description:
          'Makes videos from scripts, documents, images and clips, and changes them as you say.',
        suggested_prompts: [
          {
            title: 'A film about a city at night',
            message: 'Make a ten second video of a city at night, with calm music.',
          },
          { title: 'What can you do?', message: 'help' },
        ],
      },
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'nemo', always_online: true },
      shortcuts: [
        {
          type: 'message',
          name: 'Make a video from this',
          callback_id: MAKE_VIDEO,
          description: 'Takes this message and its files as the material of a new video',
        },
        {
          type: 'global',
          name: 'Make a new video',
          callback_id: NEW_VIDEO,
          description: 'Opens a form for a new video',
        },
      ],
      slash_commands: slashCommands(prefix).map(([command, description, hint]) => ({
        command,
        description,
        usage_hint: hint,
        should_escape: false,
        ...(events ? { url: events } : {}),
      })),
    },
    oauth_config: {
      ...(oauth && address ? { redirect_urls: [new URL(REDIRECT_PATH, address).href] } : {}),
      scopes: {
        bot: botScopes(reactions),
        bot_optional: [...OPTIONAL_SCOPES],
      },
    },
    settings: {
      event_subscriptions: {
        bot_events: [...EVENTS, ...(reactions ? EVENTS_OF_REACTIONS : []), ...EVENTS_OF_AGENTS],
        ...receives,
      },
      interactivity: { is_enabled: true, ...receives },
      org_deploy_enabled: oauth,
      socket_mode_enabled: mode === 'socket',
      token_rotation_enabled: oauth && rotation,
    },
  };
}
