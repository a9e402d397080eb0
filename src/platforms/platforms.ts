/** The chat services that this bot knows: a folder that is added to platforms/ is added here, and nowhere else. */
import { discord } from './discord/module.ts';
import type { PlatformModule } from './platform-module.ts';
import { slack } from './slack/module.ts';
import { web } from './web/module.ts';

export const PLATFORMS: readonly PlatformModule[] = [web, slack, discord];
