/**
 * Where to register the trial account, for those who may: whoever follows its link takes over the one account that
 * everybody's projects are in.
 */
import type { Registration } from '../nemo/nemo.ts';
import type { ChatPlatform, Person, Place, PlatformName } from '../platforms/chat.ts';
import type { Deps } from './turn-context.ts';

/** Without an address the person is to ask an admin. */
export interface Offer {
  readonly account: Registration['account'];
  readonly link: Pick<Registration, 'url' | 'keepsProject'> | undefined;
}

interface Owners {
  readonly rules: Pick<Deps['rules'], 'admins' | 'workspaces'>;
  readonly platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'isOperatorsOwn'>>;
}

export async function registrationFor(
  deps: { readonly nemo: Pick<Deps['nemo'], 'registration'> } & Owners,
  person: Person,
  place: Pick<Place, 'platform' | 'workspace'>,
): Promise<Offer> {
  const { account, ...link } = await deps.nemo.registration();
  // A link that carries nothing over hands nothing over.
  const harmless = account !== 'anonymous' || !link.keepsProject;
  return { account, link: harmless || ownsAccount(deps, person, place) ? link : undefined };
}

/**
 * Who administers one of the workspaces does not own the account of all: the operator has to have named the person,
 * or the workspace, or own the platform.
 */
const ownsAccount = (
  { rules, platforms }: Owners,
  person: Person,
  { platform, workspace }: Pick<Place, 'platform' | 'workspace'>,
): boolean =>
  rules.admins.includes(person.id) ||
  (Boolean(person.admin) &&
    (platforms.get(platform)?.isOperatorsOwn || rules.workspaces.includes(workspace)));
