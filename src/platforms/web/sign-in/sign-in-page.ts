/**
 * The page that asks for the password: a plain form without a script, so that password managers and
 * keyboards work as everywhere. It posts to its own address: the browser then keeps what stands behind
 * `#`, the conversation that the person came for.
 */
import type { ServerResponse } from 'node:http';
import type { Locale } from '../../../locales/locale.ts';
import { localeFor } from '../../../locales/locales.ts';

export type SignInProblem = 'wrong' | { readonly waitMs: number };

/** The page's own files that may be read without being signed in. */
export const OPEN_ASSETS: ReadonlySet<string> = new Set([
  'base.css',
  'sign-in.css',
  'icon.svg',
  'inter.woff2',
  'inter-ext.woff2',
]);

export function sendSignInPage(
  res: ServerResponse,
  locale: string | undefined,
  problem?: SignInProblem,
): void {
  const body = Buffer.from(draw(localeFor(locale), problem));
  // Its form may be sent, and has to say where from: without a referrer a browser hides the origin too.
  const policy = String(res.getHeader('Content-Security-Policy'));
  res.setHeader(
    'Content-Security-Policy',
    policy.replace("form-action 'none'", "form-action 'self'"),
  );
  res.setHeader('Referrer-Policy', 'same-origin');
  if (typeof problem === 'object') res.setHeader('Retry-After', Math.ceil(problem.waitMs / 1000));
  res.writeHead(problem === undefined ? 200 : problem === 'wrong' ? 401 : 429, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  res.end(body);
}

function draw({ page, signIn: words }: Locale, problem: SignInProblem | undefined): string {
  const said =
    problem === undefined
      ? ''
      : problem === 'wrong'
        ? words.wrong
        : words.wait(Math.ceil(problem.waitMs / 60_000));
  const alert = said && `\n        <p id="problem" role="alert">${said}</p>`;
  const invalid = said && ' aria-invalid="true" aria-describedby="problem"';
  return `<!doctype html>
<html lang="${page.lang}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="theme-color" content="#faf9f7" media="(prefers-color-scheme: light)">
    <meta name="theme-color" content="#131417" media="(prefers-color-scheme: dark)">
    <title>${words.title} · nemo-bot</title>
    <link rel="icon" href="/page/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/page/base.css">
    <link rel="stylesheet" href="/page/sign-in.css">
  </head>
  <body>
    <main>
      <img src="/page/icon.svg" alt="" width="56" height="56">
      <h1>nemo-bot</h1>
      <p class="lead">${words.lead}</p>
      <form method="post">
        <input type="text" name="username" value="nemo-bot" autocomplete="username" hidden>
        <label for="password">${words.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required autofocus${invalid}>${alert}
        <button class="button primary" type="submit">${words.signIn}</button>
      </form>
    </main>
  </body>
</html>
`;
}
