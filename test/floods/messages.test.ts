/** Hostile texts for the readers of messages, of what the agent says, and of drafts. */
import { feedAll, IN_MESSAGES } from './feeding.ts';

feedAll(IN_MESSAGES);
