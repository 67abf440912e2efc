import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { startBilling, type Billing } from '../../local/billing/index.ts'
import { startRedis } from '../../local/redis/index.ts'
import { startSpaces } from '../../local/spaces/index.ts'
import { boughtAt, meteredAt, soldAt } from '../../local/stack/prices.ts'

let opened: ReturnType<typeof open> | undefined

/** Object storage, Redis and payments of this test process; worlds never meet in them, because their ids differ. */
export async function theStandIns(): Promise<Record<string, string>> {
  opened ??= open()
  return (await opened).settings
}

/** The provider of payments that the worlds of this process pay at. */
export async function theBilling(): Promise<Billing> {
  opened ??= open()
  return (await opened).billing
}

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'everjust-world-'))
  const [accessKey, secretKey, token] = ['key', 'secret', 'token']
  const [spaces, redis, billing] = await Promise.all([
    startSpaces({ dataDir, port: 0, accessKey, secretKey, buckets: ['everjust'], corsOrigins: [] }),
    startRedis({ port: 0, token }),
    startBilling({
      dataDir: join(dataDir, 'billing'),
      port: 0,
      apiKey: 'sk_test',
      prices: soldAt,
      bought: boughtAt,
      metered: meteredAt,
      codes: { WELCOME: 50 },
    }),
  ])
  await warm(redis)
  return {
    billing,
    settings: {
      STRIPE_API_URL: billing.url,
      STRIPE_SECRET_KEY: 'sk_test',
      STRIPE_WEBHOOK_SECRET: 'whsec_old,whsec_new',
      SPACES_ENDPOINT: spaces.endpoint,
      SPACES_REGION: 'us-east-1',
      SPACES_BUCKET: 'everjust',
      SPACES_KEY: accessKey,
      SPACES_SECRET: secretKey,
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
    },
    async close() {
      await Promise.all([spaces.stop(), redis.stop(), billing.stop()])
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

after(async () => {
  await (await opened)?.close()
})

/** The first script loads the engine of scripts, which takes longer than the API waits for Redis. */
async function warm({ url, token }: { url: string; token: string }): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(['EVAL', 'return 1', '0']) })
}
