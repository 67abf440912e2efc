import type { Provider } from 'oidc-provider'
import type { Company } from './companies.ts'
import { sendCompanySignIn } from './company-pages.ts'
import { readText, type Context, type Middleware } from './dialect.ts'
import { sendLogin } from './login-page.ts'
import { STYLE_PATH } from '../pages/page.ts'
import { sendStyle, show } from './page.ts'
import { LOCAL_PASSWORD, type Person } from './people.ts'
import { LOCAL_CODE, sendSecondFactor } from './second-factor-page.ts'
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
    const half = halfway.get(started.uid)
    const company = tenant.companies.byEmail(fields.get('email') ?? '')
    if (company && fields.get('company') !== company.id) {
      const shown = { company, email: fields.get('email') ?? '', webOrigins: tenant.webOrigins }
      return sendCompanySignIn(ctx, shown)
    }
    const person = half && fields.has('code') ? half : await choose(tenant, fields, company)
    if (!person) return form(tenant, ctx, { email: fields.get('email') ?? '', problem: WRONG })
    const needsCode = !person.blocked && !company && asksTwoFactors(started.params) && fields.get('code') !== LOCAL_CODE
    if (needsCode) {
      halfway.set(started.uid, person)
      return sendSecondFactor(ctx, { person, wrong: fields.has('code'), webOrigins: tenant.webOrigins })
    }
    halfway.delete(started.uid)
    const means = company ? ['federated'] : fields.has('code') ? ['pwd', 'mfa'] : ['pwd']
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, outcome(person, means)))
  }

/** Who has given the first of two factors, by the sign-in that is under way. */
const halfway = new Map<string, Person>()

/** As an application asks Auth0 for it: by the one value of `acr_values` that it knows. */
const asksTwoFactors = ({ acr_values: asked }: Record<string, unknown>) =>
  String(asked ?? '')
    .split(' ')
    .includes('http://schemas.openid.net/pape/policies/2007/06/multi-factor')

const form = (tenant: Tenant, ctx: Context, shown: { email: string; problem?: string }): void =>
  sendLogin(ctx, {
    ...shown,
    people: tenant.people
      .all()
      .filter(({ company }) => !company)
      .slice(0, SHOWN),
    webOrigins: tenant.webOrigins,
  })

const choose = async (tenant: Tenant, fields: URLSearchParams, company?: Company): Promise<Person | undefined> => {
  if (company) return tenant.people.add({ email: fields.get('email') ?? '', company }).catch(() => undefined)
  const picked = fields.get('person')
  if (picked) return tenant.people.find(picked)
  if (fields.get('password') !== LOCAL_PASSWORD) return undefined
  return tenant.people.add({ email: fields.get('email') ?? '' }).catch(() => undefined)
}

const outcome = (person: Person, amr: string[]) =>
  person.blocked
    ? { error: 'unauthorized', error_description: 'user is blocked' }
    : { login: { accountId: person.id, remember: true, amr } }
