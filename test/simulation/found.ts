/** Worlds in which the simulation has found a fault. It is cured; they stay, beside the first 200. */
export interface Found {
  readonly seed: number;
  readonly was: string;
}

export const FOUND: readonly Found[] = [
  { seed: 8018, was: 'who took over from the dead looked before their last call had arrived' },
  { seed: 269, was: 'a store that could not be written failed one video of a batch' },
  { seed: 270, was: 'a failure was told twice because its end could not be written' },
  { seed: 351, was: 'a render was left to nobody when its turn failed with the store' },
  { seed: 378, was: 'a batch paid again for a video whose export had been out of reach' },
  { seed: 406, was: 'an order whose answer was lost was told as a failure, though it was taken' },
  { seed: 436, was: 'a failure that could not be told left its turn to the lease, as a crash' },
  { seed: 438, was: 'a stop that was worked on again after a crash hit the next turn' },
  {
    seed: 785,
    was: 'a last edit that did not reach the chat was given up, and the status spoke of work',
  },
  { seed: 1385, was: 'a batch paid again for a video that an export in between had delivered' },
  { seed: 1431, was: 'a batch paid again for its second video, delivered by an export in between' },
  { seed: 1011, was: 'a notice was posted by a repetition after its worker had stood still' },
  { seed: 1564, was: 'a status was edited after a pause in which its worker had stood still' },
  {
    seed: 2393,
    was: 'a status was edited after a stall while the store could not tell whose turn it was',
  },
  { seed: 8624, was: 'a stop hit the request that came after it in the same millisecond' },
  { seed: 8842, was: 'the same, with the worker killed in between' },
  { seed: 652, was: 'a clock that was set had a render given up, and ordered once more' },
  {
    seed: 6743,
    was: 'a message that was sent was told as failed, and paid again, because its outcome was out of reach',
  },
  {
    seed: 9344,
    was: 'a video of a batch was taken for unchanged because it could not be looked at',
  },
  {
    seed: 21415,
    was: 'a worker that had stood still ordered the render that its successor had not found, and ordered',
  },
  { seed: 728, was: 'a status message was edited once more after its end' },
  {
    seed: 2021,
    was: 'a clock that was set had a turn begin again here while its answer was still on its way: it stood there twice',
  },
  {
    seed: 8693,
    was: 'an export order that was turned away for now stayed open, with nobody to look after it',
  },
  {
    seed: 6516,
    was: 'a finished video that waited for the chat was rendered once more for an export',
  },
  {
    seed: 8900,
    was: 'a turn whose claim was told as failed, though it was on disk, waited until its lease had run out',
  },
  {
    seed: 8778,
    was: 'a worker that had stood still said what its successor had said, while nobody could tell whose turn it was',
  },
];
