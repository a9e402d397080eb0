/** The maps lie in another package's folder, which an update of it may move. */
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { missingMaps, PREDEFINED_MAPS } from '../../../src/documents/pdf/cmaps.ts';

test('the maps of every script are where PDF.js looks for them', () => {
  expect(PREDEFINED_MAPS).toMatchObject({ cMapUrl: expect.any(String), cMapPacked: true });
  expect(missingMaps()).toEqual([]);
});

test('maps that are gone are named, for all four scripts', () => {
  expect(missingMaps(tmpdir())).toEqual([
    'GBK-EUC-H',
    'ETen-B5-H',
    '90ms-RKSJ-H',
    'KSCms-UHC-H',
    'Adobe-GB1-UCS2',
    'Adobe-CNS1-UCS2',
    'Adobe-Japan1-UCS2',
    'Adobe-Korea1-UCS2',
  ]);
});
