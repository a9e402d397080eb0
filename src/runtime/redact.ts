/** Keeps secrets out of chats and logs: the ones we hold, and anything that looks like a backend token. */
const TOKEN_SHAPES = /(?<![A-Za-z0-9])(?:nmv_usr_|clm_|xox[a-z]-|xapp-)[\w.-]+/g;

export type Redact = (text: string) => string;

/** `known` is asked each time, since tokens are renewed while the process lives. */
export function createRedact(known: () => readonly string[]): Redact {
  return (text) => {
    let clean = text.replace(TOKEN_SHAPES, '[hidden]');
    for (const secret of known()) {
      if (secret.length >= 8) clean = clean.replaceAll(secret, '[hidden]');
    }
    return clean;
  };
}
