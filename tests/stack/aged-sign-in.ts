import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJwt, importJWK, SignJWT, type JWK } from 'jose'
import type { Page } from 'playwright-core'
import type { OpenStack } from './open-stack.ts'

/** As if the person of the page had signed in so long ago: the token that is kept says so, by the issuer's own key. */
export async function ageSignIn({ dataDir }: OpenStack, page: Page, seconds: number): Promise<void> {
  const keys = JSON.parse(await readFile(join(dataDir, 'issuer/keys.json'), 'utf8')) as { signing: JWK }
  const token = await page.evaluate(tokenOf)
  const claims = decodeJwt(token)
  const at = 'https://everjust.dev/auth_time'
  const aged = await new SignJWT({ ...claims, [at]: Number(claims[at]) - seconds })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.signing.kid ?? '' })
    .sign(await importJWK(keys.signing, 'RS256'))
  await page.evaluate(replaceToken, [token, aged] as const)
}

/** Run in the page, where the sign-in library keeps its tokens. */
function tokenOf(): string {
  const [entry = '{}'] = Object.entries(localStorage).flatMap(([name, value]) =>
    name.startsWith('@@auth0spajs@@') && value.includes('"access_token"') ? [value] : [],
  )
  return (JSON.parse(entry) as { body: { access_token: string } }).body.access_token
}

function replaceToken([token, aged]: readonly [string, string]): void {
  for (const [name, value] of Object.entries(localStorage)) localStorage.setItem(name, value.replace(token, aged))
}
