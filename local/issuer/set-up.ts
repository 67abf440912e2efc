import { readText, type Middleware } from './dialect.ts'
import { sendSetUp } from './company-pages.ts'
import { show } from './page.ts'
import type { Tenant } from './tenant.ts'

const CLOSED = { status: 404, title: 'This page is closed', sentence: 'Ask for another link where you came from.' }
const NO_DOMAIN = 'Name at least one domain, like example.com.'

/** `/self-service?ticket=`: connects a company's directory, as Auth0's self-service page does. */
export const setUp =
  (tenant: Tenant): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== '/self-service') return next()
    const company = tenant.companies.ofTicket(String(ctx.query.ticket ?? ''))
    if (!company) return show(ctx, CLOSED)
    if (ctx.method !== 'POST') return sendSetUp(ctx, { company })
    const fields = new URLSearchParams(await readText(ctx.req))
    const named = (fields.get('domains') ?? '').toLowerCase().split(/[\s,]+/)
    const domains = named.filter((domain) => /^[a-z0-9.-]+\.[a-z]{2,}$/.test(domain))
    if (domains.length === 0) return sendSetUp(ctx, { company, problem: NO_DOMAIN })
    const strategy = fields.get('protocol') === 'oidc' ? 'oidc' : 'samlp'
    await tenant.companies.connect(company, { strategy, domains })
    const sentence = `People of ${domains.join(', ')} sign in there from now on. Go back to the application.`
    return show(ctx, { status: 200, title: 'The directory is connected', sentence })
  }
