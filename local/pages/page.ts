import { STYLE } from './style.ts'

export const STYLE_PATH = '/u/style.css'

/** Escapes text for HTML, in elements and in quoted attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** What a page of a stand-in is served with: it may load its own style sheet and post to itself (and on to `forms`). */
export const pageHeaders = (forms: readonly string[] = []): Record<string, string> => ({
  // Chrome applies form-action to the redirects after a post as well: the application's origins belong to it.
  'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${forms.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})

/** A page of a stand-in, in the look of EverJust; `main` is HTML. */
export const pageOf = ({ title, main }: { title: string; main: string }): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · EverJust</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
<p class="mark"><span aria-hidden="true"></span>EverJust</p>
${main}
</main>
</body>
</html>`

/** The style sheet of all pages. */
export const styleSheet = { body: STYLE, type: 'text/css', headers: { 'cache-control': 'max-age=300' } } as const
