import { mostKeys, type MadeKey, type WantedKey } from '../../../lib/contract/api-key.ts'
import { newId, type OrganizationId } from '../../../lib/contract/ids.ts'
import type { WaitingDesk } from '../../../lib/context.ts'
import { keyScopes, personOf, signedInTwice } from '../../../lib/domain/access.ts'
import { refuse, type Input, type Refusal } from '../../../lib/entry/operation.ts'
import { newApiKey } from './new-api-key.ts'

type Given = Pick<Input<unknown, unknown, WantedKey>, 'body' | 'principal' | 'standing' | 'requestId'>

/** A key of the caller, or of an organization and made by the caller. */
export async function makeKeyFor(
  organizationId: OrganizationId | null,
  { body, principal, standing, requestId }: Given,
  { within }: WaitingDesk,
): Promise<MadeKey | Refusal<'invalid_request'>> {
  const unknown = body.scopes.find((scope) => !(keyScopes as string[]).includes(scope))
  if (unknown) return refuse('invalid_request', `No key may be made for “${unknown}”.`)
  const id = newId('apiKey')
  const { key, ...kept } = newApiKey()
  const scopes = [...new Set(body.scopes)]
  return within(async ({ apiKeys, audit }) => {
    const owner = { userId: personOf(principal), organizationId }
    const [made] = await Promise.all([
      apiKeys.add(owner, { id, ...kept, twoFactors: signedInTwice(principal) }, { ...body, scopes }),
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'key.make',
        subject: id,
        requestId,
      }),
    ])
    return made ? { ...made, key } : refuse('invalid_request', `There are at most ${mostKeys} keys at a time.`)
  })
}
