/** Which words go out beside links: a link that was read needs none, and none may ask for what is not there. Pure. */
import { isOnlyPointing, type MaterialLinks, materialLinks } from './material-links.ts';

export interface Written {
  readonly typed: string;
  /** Of the message that it was written under. */
  readonly quoted: string;
}

export interface LinksOfMessage extends MaterialLinks {
  readonly stand: keyof Written;
}

/** Where none is typed, "make a video of this" may stand under a message that is one. */
export function linksOf({ typed, quoted }: Written): LinksOfMessage | undefined {
  const own = materialLinks(typed);
  if (own) return { ...own, stand: 'typed' };
  const above = materialLinks(quoted);
  return above?.onlyPoints ? { ...above, stand: 'quoted' } : undefined;
}

/** `brought`: there is material, from the links or from elsewhere. */
export function wordsBeside(
  links: LinksOfMessage | undefined,
  written: Written,
  brought: boolean,
): Written {
  if (!links) return written;
  const { typed, quoted } = written;
  if (links.stand === 'typed') {
    const silent = links.alone || (links.onlyPoints && !brought);
    return { typed: silent ? '' : typed, quoted };
  }
  return { typed: !brought && isOnlyPointing(typed) ? '' : typed, quoted: '' };
}
