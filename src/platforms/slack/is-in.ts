/** Is the app still installed in that workspace, or organisation? Rejects where Slack cannot tell. */
import { ChatError, type ChatPlatform } from '../chat.ts';
import type { WebCalls } from './api-calls.ts';

export const createIsIn =
  (calls: WebCalls): NonNullable<ChatPlatform['isIn']> =>
  async (workspace) => {
    try {
      // With a token from the settings there is one workspace, whichever is asked for.
      const found = await calls(workspace, (client, token) => client.auth.test({ token }));
      return found.team_id === workspace || found.enterprise_id === workspace;
    } catch (error) {
      if (error instanceof ChatError && error.reason === 'gone') return false;
      throw error;
    }
  };
