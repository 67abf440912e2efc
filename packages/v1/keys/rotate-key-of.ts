import type * as z from 'zod/mini'
import type { MadeKey, Rotation } from '../../../lib/contract/api-key.ts'
import { newId, type ApiKeyId, type OrganizationId } from '../../../lib/contract/ids.ts'
import type { WaitingDesk } from '../../../lib/context.ts'
import { personOf, signedInTwice } from '../../../lib/domain/access.ts'
import { refuse, type Input, type Refusal } from '../../../lib/entry/operation.ts'
import { newApiKey } from './new-api-key.ts'

type Given = Omit<Input<{ keyId: ApiKeyId }, unknown, z.output<typeof Rotation>>, 'query'>

/** The new key is its rotator's, whoever made the old one. */
export async function rotateKeyOf(
  organizationId: OrganizationId | null,
  { path: { keyId }, body, principal, standing, requestId }: Given,
  { within }: WaitingDesk,
): Promise<MadeKey | Refusal<'not_found'>> {
  const id = newId('apiKey')
  const { key, ...kept } = newApiKey()
  const made = { id, ...kept, twoFactors: signedInTwice(principal), ...body }
  return within(async ({ apiKeys, audit }) => {
    const [rotated] = await Promise.all([
      apiKeys.rotate({ userId: personOf(principal), organizationId }, keyId, made),
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'key.rotate',
        subject: `${keyId}/${id}`,
        requestId,
      }),
    ])
    return rotated ? { ...rotated, key } : refuse('not_found')
  })
}
