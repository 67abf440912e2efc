import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { startFauxqs } from 'fauxqs'

export interface SpacesSettings {
  SPACES_ENDPOINT: string
  SPACES_REGION: string
  SPACES_BUCKET: string
  SPACES_KEY: string
  SPACES_SECRET: string
}

let opened: Promise<{ settings: SpacesSettings; close(): Promise<void> }> | undefined

/** The object storage of this test process; worlds never meet in it, because their projects have other ids. */
export async function theSpaces(): Promise<SpacesSettings> {
  opened ??= open()
  return (await opened).settings
}

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'everjust-spaces-'))
  const server = await startFauxqs({ port: 0, logger: false, host: '127.0.0.1', s3StorageDir: folder })
  server.createBucket('everjust')
  return {
    settings: {
      SPACES_ENDPOINT: `http://127.0.0.1:${server.port}`,
      SPACES_REGION: 'us-east-1',
      SPACES_BUCKET: 'everjust',
      SPACES_KEY: 'key',
      SPACES_SECRET: 'secret',
    },
    async close() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

after(async () => {
  await (await opened)?.close()
})
