import * as jose from 'jose'
import type { Middleware } from './dialect.ts'
import { publicKeys } from './keys.ts'
import { profile } from './provider.ts'
import type { Tenant } from './tenant.ts'

const NEEDS = new Map([
  ['email', 'email'],
  ['email_verified', 'email'],
  ['https://everjust.dev/email', 'email'],
])

/** `/userinfo`: who an access token belongs to, cut to its scopes. The token itself is what is checked. */
export const userinfo =
  (tenant: Tenant): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== '/userinfo') return next()
    const origin = ctx.get('origin')
    if (tenant.webOrigins.includes(origin)) ctx.set({ 'access-control-allow-origin': origin, vary: 'Origin' })
    if (ctx.method === 'OPTIONS') {
      ctx.set('access-control-allow-headers', 'authorization')
      ctx.status = 204
      return
    }
    const claims = await verifiedClaims(tenant, ctx.get('authorization'))
    const person = claims?.sub ? tenant.people.find(claims.sub) : undefined
    if (!person || person.blocked) {
      ctx.status = 401
      ctx.body = { error: 'invalid_token', error_description: 'The access token is invalid or has expired.' }
      return
    }
    const scopes = String(claims?.scope ?? '').split(' ')
    const visible = Object.entries(profile(person)).filter(([name]) => scopes.includes(NEEDS.get(name) ?? 'profile'))
    ctx.body = { sub: person.id, ...Object.fromEntries(visible) }
  }

const verifiedClaims = async (tenant: Tenant, header: string): Promise<jose.JWTPayload | undefined> =>
  jose
    .jwtVerify(header.replace(/^Bearer /i, ''), publicKeys(tenant.keys), {
      issuer: tenant.issuer,
      audience: `${tenant.issuer}userinfo`,
      algorithms: ['RS256'],
    })
    .then(
      ({ payload }) => payload,
      () => undefined,
    )
