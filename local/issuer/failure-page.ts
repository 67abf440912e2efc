import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { show } from './page.ts'

/** Shows why a sign-in cannot go on: JSON to programs, a page to people. */
export const explain = (ctx: KoaContextWithOIDC, out: ErrorOut): void => {
  if (ctx.accepts('json', 'html') === 'html') {
    const sentence = `${out.error_description ?? out.error}.`
    show(ctx, { status: ctx.status, title: 'This sign-in cannot continue', sentence })
    return
  }
  ctx.type = 'json'
  ctx.body = out
}
