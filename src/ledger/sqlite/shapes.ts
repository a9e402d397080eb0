/** The rows of a file: every number is one, and a flag is 0 or 1. */
import { z } from 'zod';
import { rowShapes } from '../row-shapes.ts';

export const flag = z.number().transform((value) => value !== 0);
export const shapes = rowShapes(z.number(), flag);
