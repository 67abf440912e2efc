import type { AccessToken, ClientCredentials, JWTStructured, KoaContextWithOIDC } from 'oidc-provider'
import type { Tenant } from './tenant.ts'

/** Gives an access token the shape that Auth0 documents: `azp` for the application, userinfo as second audience. */
export const shapeToken = (
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
  { token, parts }: { token: AccessToken | ClientCredentials; parts: JWTStructured },
): void => {
  const { client_id: azp, jti: _jti, ...payload } = parts.payload
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken
  const granted = source?.scope ? { scope: source.scope } : {}
  const kind =
    token.kind === 'ClientCredentials'
      ? { gty: 'client-credentials', sub: `${String(azp)}@clients` }
      : { aud: [payload.aud, `${tenant.issuer}userinfo`] }
  parts.payload = { ...payload, ...granted, azp, ...kind }
  parts.header = { ...parts.header, typ: 'JWT' }
}
