import { escape, pageHeaders, pageOf, styleSheet } from '../pages/page.ts'

type Page = { status: number; type: string; body: unknown; set(headers: Record<string, string>): void }

/** A page of the issuer with one title and one sentence. */
export const show = (ctx: Page, { status, title, sentence }: { status: number; title: string; sentence: string }) =>
  send(ctx, { status, title, main: `<h1>${escape(title)}</h1><p class="note">${escape(sentence)}</p>` })

/** Sends a page that may load its own style sheet and post to itself (and on to `forms`), and nothing else. */
export const send = (
  ctx: Page,
  { status, title, main, forms }: { status: number; title: string; main: string; forms?: string[] },
): void => {
  ctx.status = status
  ctx.type = 'html'
  ctx.set(pageHeaders(forms))
  ctx.body = pageOf({ title, main })
}

/** Sends the style sheet. */
export const sendStyle = (ctx: Page): void => {
  ctx.status = 200
  ctx.type = styleSheet.type
  ctx.set(styleSheet.headers)
  ctx.body = styleSheet.body
}
