/**
 * An order that ends in exactly one job where that can be had. After a definite failure (a duplicate id
 * is one) a new id is tried once. After an uncertain one the own id is looked up first: the job may exist.
 */
import { RequestRefused, Unreachable } from './errors.ts';
import type { RenderOrder } from './nemo.ts';

/** Derived, so that the log shows which order it belongs to, and so that a successor can look for it. */
export const secondIdOf = (id: string): string => `${id}-2`;

/** `submit` and `exists` make one call each, with what may be repeated inside. */
export async function submitRender(
  order: RenderOrder,
  submit: (order: RenderOrder) => Promise<string>,
  exists: (renderId: string) => Promise<boolean>,
): Promise<string> {
  try {
    return await submit(order);
  } catch (error) {
    if (error instanceof Unreachable && !error.neverSent) {
      if (await exists(order.id)) return order.id;
    } else if (!(error instanceof RequestRefused)) {
      throw error;
    }
    return await submit({ ...order, id: secondIdOf(order.id) });
  }
}
