import type { Words } from '../locale.ts';
import { about } from './about.ts';
import { account } from './account.ts';
import { accounts } from './accounts.ts';
import { admin } from './admin.ts';
import { answers } from './answers.ts';
import { brand } from './brand.ts';
import { budgets } from './budgets.ts';
import { captions } from './captions.ts';
import { data } from './data.ts';
import { demo } from './demo.ts';
import { errors } from './errors.ts';
import { feedback } from './feedback.ts';
import { files } from './files.ts';
import { help } from './help.ts';
import { links } from './links.ts';
import { pictures } from './pictures.ts';
import { plan } from './plan.ts';
import { profiles } from './profiles.ts';
import { progress } from './progress.ts';
import { projects } from './projects.ts';
import { render } from './render.ts';
import { setup } from './setup.ts';
import { versions } from './versions.ts';

export const words: Words = {
  ...progress,
  ...answers,
  ...files,
  ...links,
  ...render,
  ...versions,
  ...projects,
  ...account,
  ...errors,
  ...help,
  ...setup,
  admin,
  brand,
  plan,
  data,
  accounts,
  budgets,
  captions,
  feedback,
  about,
  pictures,
  profiles,
  demo,
};
