/** What an address alone tells of what is behind it. */
import { expect, test } from 'vitest';
import { hostOf, kindOfLink, nameOf } from '../../../src/conversation/material/links/link-kind.ts';

test.each([
  ['https://www.youtube.com/watch?v=1', 'film', 'YouTube'],
  ['https://youtu.be/1', 'film', 'YouTube'],
  ['https://m.youtube.com/shorts/1', 'film', 'YouTube'],
  ['https://music.youtube.com/watch?v=1', 'music', 'YouTube Music'],
  ['https://vimeo.com/1', 'film', 'Vimeo'],
  ['https://vm.tiktok.com/1', 'film', 'TikTok'],
  ['https://open.spotify.com/track/1', 'music', 'Spotify'],
  ['https://x.com/a/status/1', 'post', 'X'],
  ['https://drive.google.com/file/d/1/view', 'store', 'Google Drive'],
  ['https://docs.google.com/spreadsheets/d/1', 'store', 'Google Docs'],
  ['https://acme.sharepoint.com/a.docx', 'store', 'SharePoint'],
])('%s is %s of %s', (url, is, service) => {
  expect(kindOfLink(url)).toEqual({ is, service });
});

test.each(['https://notyoutube.com/1', 'https://youtube.com.evil.test/1', 'https://ax.com/'])(
  '%s is a page like any other',
  (url) => {
    expect(kindOfLink(url)).toEqual({ is: 'page' });
  },
);

test.each([
  'https://docs.google.com/document/d/1AbC_def-GHI23/edit?usp=sharing',
  'https://docs.google.com/document/u/0/d/1AbC_def-GHI23/edit#heading=h.1',
  'https://docs.google.com/document/d/1AbC_def-GHI23',
])('%s is read as its plain text', (url) => {
  expect(kindOfLink(url)).toEqual({
    is: 'shared-text',
    service: 'Google Docs',
    address: 'https://docs.google.com/document/d/1AbC_def-GHI23/export?format=txt',
  });
});

test('media is known by its ending, and called by the last part of its path', () => {
  expect(kindOfLink('https://cdn.example.com/a/clip.MP4?sig=1')).toMatchObject({
    is: 'media',
    use: { ending: 'mp4' },
  });
  expect(nameOf('https://cdn.example.com/a/my%20clip.mp4?sig=1')).toBe('my clip.mp4');
  expect(nameOf('https://cdn.example.com/a/%E0%A4%A.png')).toBe('%E0%A4%A.png');
  expect(nameOf('https://www.example.com/')).toBe('example.com');
  expect(hostOf('https://www.example.com/a')).toBe('example.com');
});
