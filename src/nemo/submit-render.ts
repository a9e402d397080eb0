/**
 * An order that ends in exactly one job where that can be had. After a definite failure (a duplicate id
 * is one) a new id is tried once. After an uncertain one the own id is looked up first: the job may exist.
 */
import { type RenderId, toRenderId } from '../runtime/ids.ts';
import { NemoError, OrderUncertain, RequestRefused, Unreachable } from './errors.ts';
import type { RenderOrder } from './nemo.ts';

/** Derived, so that the log shows which order it belongs to, and so that a successor can look for it. */
export const secondIdOf = (id: RenderId): RenderId => toRenderId(`${id}-2`);

/**
 * `submit` and `exists` make one call each, with what may be repeated inside. `confirm` is asked before a second
 * order: a world may have gone by since the first, and its rejection is the end. Rejects with `OrderUncertain` where
 * there may be a job; any other error of the backend means that there is none.
 */
export async function submitRender(
  order: RenderOrder,
  submit: (order: RenderOrder) => Promise<RenderId>,
  exists: (renderId: RenderId) => Promise<boolean>,
  confirm?: () => Promise<void>,
): Promise<RenderId> {
  const second = async () => {
    await confirm?.();
    return submit({ ...order, id: secondIdOf(order.id) });
  };
  try {
    return await submit(order);
  } catch (error) {
    if (mayBeTaken(error))
      // The first one may arrive yet, so that not even a definite no to what follows settles it.
      return uncertainAfter(async () => ((await exists(order.id)) ? order.id : await second()));
    if (!(error instanceof RequestRefused || error instanceof Unreachable)) throw error;
  }
  try {
    return await second();
  } catch (error) {
    throw mayBeTaken(error) ? uncertain(error) : error;
  }
}

const mayBeTaken = (error: unknown): error is Unreachable =>
  error instanceof Unreachable && !error.neverSent;

async function uncertainAfter(work: () => Promise<RenderId>): Promise<RenderId> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NemoError ? uncertain(error) : error;
  }
}

const uncertain = (cause: NemoError): OrderUncertain =>
  new OrderUncertain('render', `it may have been taken (${cause.message})`, { cause });
