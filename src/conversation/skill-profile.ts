/**
 * Skill profiles: the three published skills that this bot can act as. A profile decides the
 * attribution sent with every backend call and how the bot introduces itself (`locales/`).
 */
export const PROFILE_NAMES = [
  'text-to-video-high-quality',
  'colab-text-to-video',
  'ai-to-video-free',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface Profile {
  readonly name: ProfileName;
  /** Largest file taken, in megabytes. */
  readonly maxUploadMb: number;
  /** File kinds in the order in which the skill advertises them. */
  readonly kinds: readonly string[];
}

/** How it introduces itself in one language. */
export interface ProfileTexts {
  readonly title: string;
  readonly greeting: string;
  readonly examples: readonly [string, string, string];
  /** Said while the first connection of a thread is made. */
  readonly connecting: string;
  readonly tip: string;
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  'ai-to-video-free': {
    name: 'ai-to-video-free',
    maxUploadMb: 200,
    kinds: ['TXT', 'JPG', 'PNG', 'MP4'],
  },
  'colab-text-to-video': {
    name: 'colab-text-to-video',
    maxUploadMb: 500,
    kinds: ['TXT', 'DOCX', 'PDF'],
  },
  'text-to-video-high-quality': {
    name: 'text-to-video-high-quality',
    maxUploadMb: 500,
    kinds: ['TXT', 'DOCX', 'PDF', 'SRT'],
  },
};
