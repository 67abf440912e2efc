import type { Provider } from 'oidc-provider'
import type { Middleware } from './dialect.ts'
import { show } from './page.ts'
import type { Tenant } from './tenant.ts'

const REFUSED = {
  status: 400,
  title: 'This sign-out cannot continue',
  sentence: 'The address to return to is not one of the application.',
}
const DONE = { status: 200, title: 'You are signed out', sentence: 'Nothing of this sign-in is left in the browser.' }

/** `/v2/logout`: ends the browser's session with the issuer, then goes back to an address of the application. */
export const logout =
  (tenant: Tenant, provider: Provider): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== '/v2/logout') return next()
    const returnTo = String(ctx.query.returnTo ?? '')
    if (returnTo && !tenant.callbacks.includes(returnTo)) {
      return show(ctx, REFUSED)
    }
    const session = await provider.Session.get(ctx)
    if (session.accountId) await session.destroy()
    for (const name of ['issuer_session', 'issuer_session.sig']) ctx.cookies.set(name, null)
    if (returnTo) return ctx.redirect(returnTo)
    return show(ctx, DONE)
  }
