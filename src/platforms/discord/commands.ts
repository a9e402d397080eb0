/** The commands as Discord shows them. Data alone; what they do is in interactions.ts. */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  ApplicationCommandOptionType as Option,
} from 'discord.js';
import { PROFILE_NAMES } from '../../conversation/skill-profile.ts';
import type { CommandName } from '../chat.ts';

/** A message's context menu. */
const FROM_MESSAGE = 'Make a video from this';
const VIDEO_SETTINGS = 'video-settings';
const MOST_IMAGES = 10;
const RATIOS = ['16:9', '9:16', '1:1', '4:5'] as const;

const LONGEST_SCRIPT = 6_000;
const SHORTEST_S = 5;
const LONGEST_S = 300;

interface Naming {
  readonly name: string;
  readonly zhName: string;
  readonly description: string;
  readonly zh: string;
}

const named = ({ name, zhName, description, zh }: Naming) => ({
  name,
  name_localizations: { [Locale.ChineseCN]: zhName },
  description,
  description_localizations: { [Locale.ChineseCN]: zh },
});

const project = {
  ...named({
    name: 'project',
    zhName: '项目',
    description: 'Which project (the latest here if you leave it out)',
    zh: '哪个项目（不填则为这里最近的一个）',
  }),
  type: Option.String,
  autocomplete: true,
};

const image = (n: number) => ({
  ...named({
    name: `image${n}`,
    zhName: `素材${n}`,
    description: 'An image, clip, audio file or document',
    zh: '图片、视频片段、音频或文档',
  }),
  type: Option.Attachment,
});

const video = {
  ...named({
    name: 'video',
    zhName: '视频',
    description: 'Turn a script, images or clips into a finished video',
    zh: '把脚本、图片或素材做成视频',
  }),
  options: [
    {
      ...named({
        name: 'script',
        zhName: '脚本',
        description: 'The script, or what the video should be about',
        zh: '脚本，或视频的内容描述',
      }),
      type: Option.String,
      max_length: LONGEST_SCRIPT,
    },
    ...Array.from({ length: MOST_IMAGES }, (_, index) => image(index + 1)),
    {
      ...named({
        name: 'ratio',
        zhName: '比例',
        description: 'Shape of the picture',
        zh: '画面比例',
      }),
      type: Option.String,
      choices: RATIOS.map((value) => ({ name: value, value })),
    },
    {
      ...named({
        name: 'length',
        zhName: '时长',
        description: 'Length in seconds',
        zh: '时长（秒）',
      }),
      type: Option.Integer,
      min_value: SHORTEST_S,
      max_value: LONGEST_S,
    },
    {
      ...named({
        name: 'each',
        zhName: '分别',
        description: 'One video for each file',
        zh: '每个文件单独做一个视频',
      }),
      type: Option.Boolean,
    },
    {
      ...named({
        name: 'private',
        zhName: '私密',
        description: 'Only between us, by direct message',
        zh: '只在我们的私信里进行',
      }),
      type: Option.Boolean,
    },
  ],
};

const resolution = {
  ...named({ name: 'resolution', zhName: '分辨率', description: 'Like 1080p', zh: '例如 1080p' }),
  type: Option.String,
  max_length: 20,
};

const plain = [
  named({
    name: 'credits',
    zhName: '积分',
    description: 'How many credits are left',
    zh: '还剩多少积分',
  }),
  {
    ...named({
      name: 'status',
      zhName: '状态',
      description: 'What is going on in a project',
      zh: '项目进行得怎么样',
    }),
    options: [project],
  },
  {
    ...named({
      name: 'export',
      zhName: '导出',
      description: 'Render the project as an MP4',
      zh: '把项目导出为 MP4',
    }),
    options: [resolution, project],
  },
  named({
    name: 'help',
    zhName: '帮助',
    description: 'What I can do, with examples',
    zh: '我能做什么，附示例',
  }),
  {
    ...named({
      name: 'new',
      zhName: '新建',
      description: 'Begin a fresh project in this thread',
      zh: '在此子区开始新项目',
    }),
    options: [project],
  },
  {
    ...named({
      name: 'stop',
      zhName: '停止',
      description: 'Stop what is running',
      zh: '停止正在进行的任务',
    }),
    options: [project],
  },
];

const settings = {
  ...named({
    name: VIDEO_SETTINGS,
    zhName: '视频设置',
    description: 'How videos are made in this channel; admins may change it',
    zh: '本频道的视频制作方式，管理员可以更改',
  }),
  options: [
    {
      ...named({
        name: 'profile',
        zhName: '技能',
        description: 'The skill profile to use from now on',
        zh: '今后使用的技能配置',
      }),
      type: Option.String,
      choices: PROFILE_NAMES.map((value) => ({ name: value, value })),
    },
  ],
};

/** What can be used where: also by people who installed the bot for themselves. */
const everywhere = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
};

/** Body of the bulk overwrite. Commands of one server alone know nothing of contexts. */
export function commandsBody(scope: 'global' | 'guild'): object[] {
  const common = scope === 'global' ? everywhere : {};
  const slash = [video, ...plain, settings].map((command) => ({
    ...command,
    ...common,
    type: ApplicationCommandType.ChatInput,
  }));
  const fromMessage = {
    name: FROM_MESSAGE,
    name_localizations: { [Locale.ChineseCN]: '用这条消息做视频' },
    type: ApplicationCommandType.Message,
    ...common,
  };
  return [...slash, fromMessage];
}

/** What the conversation calls the command of that name. */
export const commandNamed = (name: string): CommandName | undefined => COMMANDS.get(name);

const COMMANDS: ReadonlyMap<string, CommandName> = new Map([
  ['credits', 'credits'],
  ['status', 'status'],
  ['export', 'export'],
  ['help', 'help'],
  ['new', 'new'],
  ['stop', 'stop'],
  [VIDEO_SETTINGS, 'profile'],
]);
