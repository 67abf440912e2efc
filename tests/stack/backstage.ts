import { Daytona, type Sandbox } from '@daytonaio/sdk'
import type { TestContext } from 'node:test'
import postgres, { type Sql } from 'postgres'
import { openSpaces } from '../../lib/adapters/spaces.ts'
import { Config } from '../../lib/config.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { sandboxName } from '../../lib/domain/run.ts'
import type { ObjectStore } from '../../lib/ports/object-store.ts'
import type { OpenStack } from './open-stack.ts'

/** What a test may see and do behind the API of a stack: its rows, its objects, its sandboxes. */
export interface Backstage {
  /** As the owner of the database. */
  sql: Sql
  objects: ObjectStore
  sandbox(project: ProjectId): Promise<Sandbox>
  /** Runs a command in a project's sandbox as its root, and answers what it printed. */
  inside(project: ProjectId, command: string): Promise<string>
  /** Time passes: the attempt has been silent for as long as its lease was. */
  leaseRunsOut(generation: GenerationId): Promise<void>
}

export function openBackstage(t: Pick<TestContext, 'after'>, { environment, standIns }: OpenStack): Backstage {
  const settings = new Config(environment)
  const sql = postgres(standIns.postgres?.ownerUrl ?? '', { max: 2, onnotice: () => {} })
  t.after(() => sql.end({ timeout: 1 }))
  const client = new Daytona({
    apiUrl: settings.text('DAYTONA_API_URL'),
    apiKey: settings.text('DAYTONA_API_KEY'),
    useDeprecatedPolling: true,
  })
  const sandbox = (project: ProjectId) => client.get(sandboxName(project))
  return {
    sql,
    objects: openSpaces({
      endpoint: settings.text('SPACES_ENDPOINT'),
      region: settings.text('SPACES_REGION'),
      bucket: settings.text('SPACES_BUCKET'),
      key: settings.secret('SPACES_KEY'),
      secret: settings.secret('SPACES_SECRET'),
    }),
    sandbox,
    inside: async (project, command) => {
      const { result } = await (await sandbox(project)).process.executeCommand(command, undefined, undefined, 20)
      return result.trim()
    },
    leaseRunsOut: async (generation) => {
      await sql`update everjust.generations set lease_until = now() - interval '1 second' where id = ${generation}`
    },
  }
}
