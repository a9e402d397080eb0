/**
 * Starts the process: from the build that `npm ci` has made, as long as it is one of these very sources, else from
 * the sources themselves. docs/decisions.md says what that saves.
 */
import { enableCompileCache } from 'node:module';
import { COMPILE_CACHE, freshBuild } from './runtime/build.ts';
import { requireNode } from './runtime/node-version.ts';

requireNode();
enableCompileCache(COMPILE_CACHE);
await import(freshBuild('run.js') ?? './run.ts');
