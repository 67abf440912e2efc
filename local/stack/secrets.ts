import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'

const Secrets = z.object({
  TOKEN_SECRET: z.string(),
  TICKET_PRIVATE_KEY: z.string(),
  SEALING_KEY: z.string(),
  FUNCTIONS_API_KEY: z.string(),
  UPSTASH_REDIS_REST_TOKEN: z.string(),
  SPACES_KEY: z.string(),
  SPACES_SECRET: z.string(),
  DAYTONA_API_KEY: z.string(),
  ANTHROPIC_API_KEY: z.string(),
  RESEND_API_KEY: z.string(),
  STRIPE_SECRET_KEY: z.string(),
  STRIPE_WEBHOOK_SECRET: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** The secrets of this installation's own parts, made at the first start and kept readable by the owner only. */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  const file = join(dataDir, 'secrets.json')
  const kept = await readJson(file, Secrets.partial())
  const whole = Secrets.safeParse(kept)
  if (whole.success) return whole.data
  // What an older installation has not made yet joins what it has.
  const made = Secrets.parse({ ...(await makeSecrets()), ...kept })
  await writeJson(file, made)
  return made
}

async function makeSecrets(): Promise<Secrets> {
  const random = (bytes = 24) => randomBytes(bytes).toString('hex')
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return {
    TOKEN_SECRET: random(32),
    SEALING_KEY: random(32),
    TICKET_PRIVATE_KEY: JSON.stringify(await exportJWK(privateKey)),
    FUNCTIONS_API_KEY: `dof_v1_${random(8)}:${random()}`,
    UPSTASH_REDIS_REST_TOKEN: random(),
    SPACES_KEY: random(10).toUpperCase(),
    SPACES_SECRET: random(),
    DAYTONA_API_KEY: `dtn_${random()}`,
    ANTHROPIC_API_KEY: `scripted-${random()}`,
    RESEND_API_KEY: `re_${random()}`,
    STRIPE_SECRET_KEY: `sk_test_${random()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${random()}`,
  }
}
