import { Provider, errors, type AdapterFactory, type ClientMetadata, type Configuration } from 'oidc-provider'
import { explain } from './failure-page.ts'
import type { Person } from './people.ts'
import { MANAGEMENT_CLIENT, scopesOf, type Tenant } from './tenant.ts'
import { shapeToken } from './token-shape.ts'
import { ACCESS_TOKEN_SECONDS, NAMESPACE, personClaims } from './tokens.ts'

const STANDARD_SCOPES = ['openid', 'profile', 'email', 'offline_access']
const DAY = 86_400

/** A standard OpenID provider, set up to behave as an Auth0 tenant with one application does. */
export const createProvider = (tenant: Tenant, adapter: AdapterFactory): Provider => {
  const provider: Provider = new Provider(tenant.issuer, {
    adapter,
    jwks: { keys: [tenant.keys.signing] },
    clients: clients(tenant),
    // Cookies do not know ports, so the names must not meet those of anything else on localhost.
    cookies: {
      keys: [tenant.keys.cookies],
      names: { session: 'issuer_session', interaction: 'issuer_login', resume: 'issuer_resume' },
    },
    ...accounts(tenant),
    ...protocol,
    features: features(tenant),
    clientBasedCORS: (_ctx, origin) => tenant.webOrigins.includes(origin),
    interactions: { url: (_ctx, interaction) => `/u/login?state=${interaction.uid}` },
    renderError: explain,
    formats: { customizers: { jwt: (ctx, token, parts) => shapeToken(tenant, ctx, { token, parts }) } },
    // The application is the tenant's own, so nobody is asked for consent.
    async loadExistingGrant(ctx) {
      const { client, session, params, requestParamScopes } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope([...requestParamScopes].filter((scope) => STANDARD_SCOPES.includes(scope)).join(' '))
      const api = String(params?.audience ?? '')
      const scopes = scopesOf(tenant, api)
      if (scopes) grant.addResourceScope(api, scopes.join(' '))
      await grant.save()
      return grant
    },
  })
  return provider
}

const clients = (tenant: Tenant): ClientMetadata[] => [
  {
    client_id: tenant.clientId,
    application_type: 'web',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: tenant.callbacks,
  },
  {
    client_id: MANAGEMENT_CLIENT,
    client_secret: tenant.keys.managementSecret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  },
]

const protocol: Configuration = {
  routes: {
    authorization: '/authorize',
    token: '/oauth/token',
    revocation: '/oauth/revoke',
    jwks: '/.well-known/jwks.json',
    end_session: '/oidc/logout',
  },
  scopes: STANDARD_SCOPES,
  claims: {
    openid: ['sub'],
    profile: ['name', 'nickname', 'updated_at', `${NAMESPACE}name`],
    email: ['email', 'email_verified', `${NAMESPACE}email`],
  },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  extraParams: {
    audience: null,
    organization: null,
    screen_hint: null,
    auth0Client: null,
    connection: null,
    // Auth0 grants offline access without asking; the provider strikes the scope out, this writes it back.
    offline(ctx, asked) {
      const { params } = ctx.oidc
      if (asked && params) params.scope = `${String(params.scope)} offline_access`
    },
  },
  expiresWithSession: () => false,
  rotateRefreshToken: true,
  issueRefreshToken: (_ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
  ttl: {
    AccessToken: ACCESS_TOKEN_SECONDS,
    AuthorizationCode: 60,
    ClientCredentials: ACCESS_TOKEN_SECONDS,
    Grant: 30 * DAY,
    IdToken: DAY / 2,
    Interaction: 600,
    RefreshToken: 30 * DAY,
    Session: 3 * DAY,
  },
}

const features = (tenant: Tenant): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
  rpInitiatedLogout: { enabled: true },
  clientCredentials: { enabled: true },
  userinfo: { enabled: false },
  webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
  resourceIndicators: {
    enabled: true,
    defaultResource: (ctx) => String(ctx.oidc.params?.audience ?? '') || [],
    useGrantedResource: () => true,
    getResourceServerInfo(_ctx, api) {
      const scopes = scopesOf(tenant, api)
      if (!scopes) throw new errors.InvalidTarget(`Service not found: ${api}`)
      const jwt = { sign: { alg: 'RS256' as const } }
      const limits = { audience: api, accessTokenTTL: ACCESS_TOKEN_SECONDS }
      return { scope: scopes.join(' '), accessTokenFormat: 'jwt', jwt, ...limits }
    },
  },
})

const accounts = (tenant: Tenant): Configuration => ({
  async findAccount(_ctx, id) {
    const person = tenant.people.find(id)
    if (!person || person.blocked) return undefined
    return { accountId: id, claims: async () => ({ sub: id, ...profile(person) }) }
  },
  // A renewed token says when and how the person signed in at first.
  async extraTokenClaims(ctx, token) {
    const person = 'accountId' in token ? tenant.people.find(token.accountId) : undefined
    const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken
    if (!person) return undefined
    return personClaims(person, { at: source?.authTime ?? 0, means: source?.amr ?? [], session: source?.sessionUid })
  },
})

/** The claims about a person in ID tokens and at `/userinfo`, before they are cut to the scopes. */
export const profile = (person: Person) => ({
  name: person.name,
  nickname: person.email.split('@')[0],
  updated_at: person.updatedAt,
  email: person.email,
  email_verified: true,
  [`${NAMESPACE}name`]: person.name,
  [`${NAMESPACE}email`]: person.email,
})
