/** What becomes of the links that people send. */
import { nameInText } from '../../conversation/language/shown-name.ts';
import { number } from './numbers.ts';

const CANNOT = "I can't use the link to";

export const links = {
  linkRead: (title: string, host: string, words: number) =>
    `📄 Read *${nameInText(title)}* (${nameInText(host)}): ${number(words)} ${words === 1 ? 'word' : 'words'}.`,
  linksMost: (most: number) => `I look at the first ${number(most)} links of a message only.`,
  linkedMessageHidden:
    "I can't use the link to that message: I can't read it, or I can't be sure that you can. Please copy its text here.",
  linkProblem: {
    private: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: it leads to an address that is not public. Please send the text or the file itself.`,
    robots: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: the site does not let programs read that page. Please paste its text.`,
    login: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: it opens only for people who are signed in. Please share it with everybody who has the link, or paste its text.`,
    paid: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: the article is for subscribers only. Please paste the text that you may use.`,
    gone: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: there is nothing at that address. Please check it.`,
    slow: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: it took too long to answer. Please try again later, or paste the text.`,
    large: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: it is too large to read. Please paste the part that the video is about.`,
    wordless: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: I found no article there. Please paste its text.`,
    unreachable: (host: string) =>
      `${CANNOT} **${nameInText(host)}**: the site did not answer as it should. Please try again later, or paste the text.`,
  },
  linkClosed: {
    film: (service: string) =>
      `I can't take videos from **${nameInText(service)}**. Please send the video file itself, or the text that the video should tell.`,
    music: (service: string) =>
      `I can't take music from **${nameInText(service)}**. Please send a music file that you may use, or name a style: there is a library to choose from.`,
    post: (service: string) =>
      `I can't read posts on **${nameInText(service)}**. Please paste the text here, and send the pictures as files.`,
    store: (service: string) =>
      `I can't open files in **${nameInText(service)}**. Please download the file there and send it here.`,
  },
};

export type LinksWords = typeof links;
