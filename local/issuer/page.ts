import { STYLE } from './page-style.ts'

type Page = { status: number; type: string; body: unknown; set(headers: Record<string, string>): void }

export const STYLE_PATH = '/u/style.css'

/** Escapes text for HTML, in elements and in quoted attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A page of the issuer with one title and one sentence. */
export const show = (ctx: Page, { status, title, sentence }: { status: number; title: string; sentence: string }) =>
  send(ctx, { status, title, main: `<h1>${escape(title)}</h1><p class="note">${escape(sentence)}</p>` })

/** Sends a page that may load its own style sheet and post to itself (and on to `forms`), and nothing else. */
export const send = (
  ctx: Page,
  { status, title, main, forms = [] }: { status: number; title: string; main: string; forms?: string[] },
): void => {
  ctx.status = status
  ctx.type = 'html'
  ctx.set({
    // Chrome applies form-action to the redirects after a post as well: the application's origins belong to it.
    'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${forms.join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  ctx.body = `<!doctype html>
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
}

/** Sends the style sheet. */
export const sendStyle = (ctx: Page): void => {
  ctx.status = 200
  ctx.type = 'css'
  ctx.set({ 'cache-control': 'max-age=300' })
  ctx.body = STYLE
}
