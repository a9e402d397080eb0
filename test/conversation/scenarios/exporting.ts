/** A thread that can be exported, and what came of it. */
import type { House, HouseOptions } from '../../doubles/house.ts';
import { sampleDraft } from '../../doubles/nemo/samples.ts';
import { say } from '../../doubles/nemo/steps.ts';
import type { Said } from '../../doubles/room.ts';
import { hear, open } from './support.ts';

/** A thread whose timeline is ready; nothing is exported yet. */
export async function ready(options: HouseOptions = {}): Promise<House> {
  const house = await open({ draft: sampleDraft, ...options });
  house.nemo.script(say('All set.'));
  await house.room.write('A film about tea.');
  await house.idle();
  return house;
}
export async function exported(house: House, words = 'export'): Promise<Said> {
  await house.room.write(words);
  const said = await hear(house, /Video ready!/);
  await house.idle();
  return said;
}
export const renders = (house: House) =>
  house.nemo.received('render').map((r) => r.json as Record<string, unknown>);
