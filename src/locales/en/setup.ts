/** What the bot says first, in the channel that was chosen as it was set up. */
export const setup = {
  firstMessage: (mention: string) =>
    `Hello! I turn scripts, documents, pictures and clips into finished videos, right here in the thread. Try it: ${mention} make a ten second video about tea`,
};

export type SetupWords = typeof setup;
