/** The files of a message: pictures and videos in place, everything else to download. */
import type { WireFile } from '../wire.ts';
import { el, icon } from './dom.ts';
import { fileSize, texts } from './texts.ts';

export function fileView(file: WireFile): HTMLElement {
  const url = `/files/${file.id}`;
  const [kind] = file.mime.split('/');
  if (kind === 'video') {
    const track =
      file.captions &&
      el('track', {
        attrs: {
          kind: 'captions',
          src: `/files/${file.captions}`,
          label: texts.captions,
          default: true,
        },
      });
    const attrs = {
      src: url,
      controls: true,
      playsinline: true,
      preload: 'metadata',
      'aria-label': file.description ?? file.name,
    };
    const video = el('video', { attrs }, track);
    return el('figure', { class: 'media' }, video, caption(file, url));
  }
  if (kind === 'audio') {
    const audio = el('audio', {
      attrs: {
        src: url,
        controls: true,
        preload: 'metadata',
        'aria-label': file.description ?? file.name,
      },
    });
    return el('figure', { class: 'media sound' }, audio, caption(file, url));
  }
  if (kind === 'image') {
    const image = el('img', {
      attrs: { src: url, alt: file.description ?? file.name, loading: 'lazy' },
    });
    const attrs = {
      href: url,
      target: '_blank',
      rel: 'noopener',
      title: texts.openImage(file.name),
    };
    const picture = el('a', { class: 'picture', attrs }, image);
    // Whatever its name says, this is no picture.
    image.addEventListener('error', () => picture.replaceWith(paper(file, url)));
    return picture;
  }
  return paper(file, url);
}

const paper = (file: WireFile, url: string): HTMLElement =>
  el('div', { class: 'paper' }, icon('file'), caption(file, url));

function caption(file: WireFile, url: string): HTMLElement {
  const download = el(
    'a',
    {
      class: 'download',
      attrs: {
        href: `${url}?download`,
        download: file.name,
        'aria-label': texts.downloadFile(file.name),
      },
    },
    icon('download'),
    el('span', {}, texts.download),
  );
  return el(
    'div',
    { class: 'caption' },
    el('span', { class: 'name', attrs: { title: file.name } }, file.name),
    el('span', { class: 'size' }, fileSize(file.bytes)),
    download,
  );
}
