import type { Provider } from 'oidc-provider'
import { readText, type Context, type Middleware } from './dialect.ts'
import { sendLogin } from './login-page.ts'
import { STYLE_PATH } from '../pages/page.ts'
import { sendStyle, show } from './page.ts'
import { LOCAL_PASSWORD, type Person } from './people.ts'
import type { Tenant } from './tenant.ts'

const WRONG = 'That e-mail and password do not match. The password of every local person is “local”.'
const EXPIRED = {
  status: 400,
  title: 'This sign-in has expired',
  sentence: 'Go back to the application and sign in again.',
}
const SHOWN = 8

/** `/u/login`: shows the sign-in of a running authorization and answers what was chosen there. */
export const login =
  (tenant: Tenant, provider: Provider): Middleware =>
  async (ctx, next) => {
    if (ctx.path === STYLE_PATH) return sendStyle(ctx)
    if (ctx.path !== '/u/login') return next()
    const started = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined)
    if (!started || started.uid !== ctx.query.state) {
      return show(ctx, EXPIRED)
    }
    const hint = String(started.params.login_hint ?? '')
    if (ctx.method !== 'POST') return form(tenant, ctx, { email: hint })

    const fields = new URLSearchParams(await readText(ctx.req))
    const person = await choose(tenant, fields)
    if (!person) return form(tenant, ctx, { email: fields.get('email') ?? '', problem: WRONG })
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, outcome(person)))
  }

const form = (tenant: Tenant, ctx: Context, shown: { email: string; problem?: string }): void =>
  sendLogin(ctx, {
    ...shown,
    people: tenant.people.all().slice(0, SHOWN),
    webOrigins: tenant.webOrigins,
  })

const choose = async (tenant: Tenant, fields: URLSearchParams): Promise<Person | undefined> => {
  const picked = fields.get('person')
  if (picked) return tenant.people.find(picked)
  if (fields.get('password') !== LOCAL_PASSWORD) return undefined
  return tenant.people.add({ email: fields.get('email') ?? '' }).catch(() => undefined)
}

const outcome = (person: Person) =>
  person.blocked
    ? { error: 'unauthorized', error_description: 'user is blocked' }
    : { login: { accountId: person.id, remember: true, amr: ['pwd'] } }
