import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { startRedis } from '../../local/redis/index.ts'
import { startSpaces } from '../../local/spaces/index.ts'

let opened: Promise<{ settings: Record<string, string>; close(): Promise<void> }> | undefined

/** Object storage and Redis of this test process; worlds never meet in them, because their ids differ. */
export async function theStandIns(): Promise<Record<string, string>> {
  opened ??= open()
  return (await opened).settings
}

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'everjust-world-'))
  const [accessKey, secretKey, token] = ['key', 'secret', 'token']
  const [spaces, redis] = await Promise.all([
    startSpaces({ dataDir, port: 0, accessKey, secretKey, buckets: ['everjust'], corsOrigins: [] }),
    startRedis({ port: 0, token }),
  ])
  return {
    settings: {
      SPACES_ENDPOINT: spaces.endpoint,
      SPACES_REGION: 'us-east-1',
      SPACES_BUCKET: 'everjust',
      SPACES_KEY: accessKey,
      SPACES_SECRET: secretKey,
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
    },
    async close() {
      await Promise.all([spaces.stop(), redis.stop()])
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

after(async () => {
  await (await opened)?.close()
})
