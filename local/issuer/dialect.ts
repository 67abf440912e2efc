import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Provider } from 'oidc-provider'
import { scopesOf, type Tenant } from './tenant.ts'

export type Middleware = Parameters<Provider['use']>[0]
export type Context = Parameters<Middleware>[0]

/** Turns Auth0's parameters into those of the standard before the provider reads them. */
export const dialect =
  (tenant: Tenant): Middleware =>
  async (ctx, next) => {
    if (ctx.path === '/authorize') translateAuthorize(ctx)
    if (ctx.path.startsWith('/oauth/') && ctx.method === 'POST') await translateForm(tenant, ctx)
    await next()
  }

const translateAuthorize = (ctx: Context): void => {
  const { audience, resource, scope, prompt } = ctx.query
  const offline = /\boffline_access\b/.test(String(scope ?? '')) && !['none', 'consent'].includes(String(prompt))
  ctx.query = {
    ...ctx.query,
    ...(audience && !resource ? { resource: audience } : {}),
    ...(offline ? { offline: '1' } : {}),
  }
}

// Auth0 takes JSON as well as forms here, and `audience` where the standard says `resource`.
const translateForm = async (tenant: Tenant, ctx: Context): Promise<void> => {
  const text = await readText(ctx.req)
  const { audience, ...form } = ctx.is('json') ? parseJson(text) : Object.fromEntries(new URLSearchParams(text))
  if (audience && !form.resource && form.grant_type !== 'authorization_code') form.resource = audience
  if (form.grant_type === 'client_credentials' && !form.scope && form.resource) {
    form.scope = scopesOf(tenant, form.resource)?.join(' ') ?? ''
  }
  replaceBody(ctx, Buffer.from(new URLSearchParams(form).toString()))
}

// The provider reads the request itself, so it gets the same request with another body.
const replaceBody = (ctx: Context, body: Buffer): void => {
  const headers = {
    ...ctx.req.headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  }
  const replayed: IncomingMessage = Object.create(ctx.req, {
    headers: { value: headers },
    readable: { value: true },
    iterator: { value: () => Readable.from([body]).iterator() },
  })
  ctx.req = replayed
  ctx.request.req = replayed
}

const parseJson = (text: string): Record<string, string> => {
  try {
    const parsed: unknown = JSON.parse(text)
    const fields = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
    return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]))
  } catch {
    return {}
  }
}

/** The body of a request as text; rejects beyond 64 KB. */
export const readText = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > 65_536) throw Object.assign(new Error('the body is too large'), { status: 413, expose: true })
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
