import { mkdtempSync, rmSync } from 'node:fs'
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Daytona } from '@daytonaio/sdk'
import type { DaytonaOptions } from '../../../local/daytona/options.ts'
import { startDaytona, type LocalDaytona } from '../../../local/daytona/start.ts'

export type World = {
  readonly server: LocalDaytona
  readonly client: Daytona
  readonly dataDir: string
  /** Ends the server and starts another on the same data. */
  restart(): Promise<World>
  end(): Promise<void>
}

/** Snapshots of the tests: one whose commands are trusted, one whose commands run like generated code. */
const SNAPSHOTS: DaytonaOptions['snapshots'] = { trusted: {}, generated: { user: 'app' } }

export async function openWorld(options: Partial<DaytonaOptions> = {}): Promise<World> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'daytona-test-'))
  const server = await startDaytona({
    apiKey: 'dtn_test',
    snapshots: SNAPSHOTS,
    log: () => undefined,
    ...options,
    dataDir,
  })
  const client = clientOf(server)
  return {
    server,
    client,
    dataDir,
    async restart() {
      await server.stop()
      return openWorld({ ...options, dataDir })
    },
    async end() {
      server.faults.set({ latencyMs: 0, badGateway: 0, tooMany: 0 })
      try {
        for await (const box of client.list()) await box.delete(20, true)
      } finally {
        await server.stop()
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export function clientOf({ apiUrl, apiKey }: { apiUrl: string; apiKey: string }): Daytona {
  return new Daytona({ apiKey, apiUrl, target: 'local', useDeprecatedPolling: true, requestTimeoutMs: 20_000 })
}

export type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }

/** Reads an address whose host is a preview, as a program does that cannot resolve `*.localhost`. */
export async function read(address: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  const { port, host, pathname, search } = new URL(address)
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path: pathname + search, headers: { host, ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
        )
        answer.on('error', reject)
      },
    )
    asking.on('error', reject)
    asking.end()
  })
}
