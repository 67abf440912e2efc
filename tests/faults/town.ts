import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { openMail } from '../../lib/adapters/mail.ts'
import { openOwnModels } from '../../lib/adapters/own-models.ts'
import { openReceipts } from '../../lib/auth/receipts.ts'
import { Config, Secret } from '../../lib/config.ts'
import type { JobId, ProjectId } from '../../lib/contract/ids.ts'
import { background } from '../../lib/entry/background.ts'
import { schedule } from '../../lib/entry/schedule.ts'
import { openPayments } from '../../lib/production-payments.ts'
import type { Dispatcher, JobKind } from '../../lib/ports/dispatcher.ts'
import type { Database } from '../../lib/store/sql.ts'
import { freePort } from '../../local/listen.ts'
import { duties } from '../../packages/cron/minute/index.ts'
import { kinds, type Everything } from '../jobs/stage.ts'
import { theStandIns } from '../world/stand-ins.ts'
import { callerOf } from '../world/caller.ts'
import { openWorld, type SignedIn, type World } from '../world.ts'
import { openApiDoor, openStorageDoor } from './doors.ts'
import type { Fate } from './fate.ts'
import { openModelServer } from './model.ts'
import { processProvider } from './provider.ts'

export type Town = Awaited<ReturnType<typeof openTown>>

/** The whole platform in one process, with real parts and real runners, where each project has a fate of its own. */
export async function openTown(suite: { after(work: () => Promise<void>): void }) {
  const fates = new Map<string, Fate>()
  /** Which project a prompt that the model sees belongs to. */
  const orders = new Map<string, ProjectId>()
  const fateAt = (text: string) => fates.get(/prj_[0-9a-z]{20}/.exec(text)?.[0] ?? '')
  const parts = await openParts()
  const { world, provider } = parts
  /** Jobs whose function died while it did them. */
  const orphans = new Set<JobId>()
  const working = new Set<Promise<void>>()

  const dispatcher: Dispatcher = {
    wake: async (kind, jobId) => {
      const work = perform(kind, jobId).finally(() => working.delete(work))
      working.add(work)
    },
  }
  const carriers = openMail([`${parts.api.url}/api/v1/`, `${parts.storage.url}/everjust`])
  const jobs: Everything = {
    ...world.context,
    payments: openPayments(new Config(world.settings)),
    site: 'http://localhost:4700',
    postman: { send: () => Promise.resolve() },
    dispatcher,
    provider,
    identities: { remove: async () => {}, knows: async () => false },
    companies: { remove: async () => {}, knows: async () => false },
    receipts: openReceipts(new Secret(world.settings['TICKET_PRIVATE_KEY'] ?? '')),
    mostAtOnce: 1_000,
    // What the control plane carries is told from what a sandbox sends by itself.
    mail: {
      ...carriers,
      send: (letter) => carriers.send({ ...letter, headers: { ...letter.headers, 'x-carried': '1' } }),
    },
    plan: { snapshot: 'everjust', hosts: { own: [], others: [] } },
    upstream: openAnthropic({ url: parts.model.url, key: new Secret('nobody') }),
    ownUpstream: openOwnModels('local'),
  }
  suite.after(async () => {
    provider.close()
    await Promise.allSettled(working)
    await Promise.all([parts.api.close(), parts.storage.close(), parts.model.close()])
  })
  const api = (caller: SignedIn) => callerOf(world.serving({ dispatcher }), caller.token)
  return { world, provider, fates, orders, api, minute: () => schedule(duties, () => jobs)(), letTimePass }

  async function openParts() {
    const { SPACES_ENDPOINT: spaces = '' } = await theStandIns()
    const storage = await openStorageDoor(spaces, (passing) => fateAt(passing.path)?.storage?.(passing))
    const port = await freePort()
    const settings = { EVERJUST_URL: `http://127.0.0.1:${port}`, SPACES_ENDPOINT: storage.url }
    const world: World = await openWorld(suite, { settings })
    const mains = () => world.serving({ dispatcher })
    const api = await openApiDoor(port, mains, (passing) => fateAt(passing.path)?.api?.(passing))
    const model = await openModelServer((order, replies) => fates.get(orders.get(order) ?? '')?.reply?.(replies))
    const provider = processProvider()
    provider.trouble.fails = (of, doing) => fateAt(of)?.provider?.(doing) ?? false
    return { world, storage, api, model, provider }
  }

  async function perform(kind: JobKind, jobId: JobId): Promise<void> {
    const [job] = await world.sql<{ projectId: string }[]>`
      select project_id as "projectId" from everjust.jobs where id = ${jobId}`
    const fate = fates.get(job?.projectId ?? '')?.job?.(kind)
    if (fate === 'lost') return
    const database = typeof fate === 'object' ? mortal(jobs.database, fate) : jobs.database
    const once = () => background<Everything>(kinds[kind], () => ({ ...jobs, database }))({ jobId })
    const done = await Promise.allSettled(fate === 'twice' ? [once(), once()] : [once()])
    if (done.some(({ status }) => status === 'rejected')) orphans.add(jobId)
  }

  /** Brings forward whatever waits only for time to pass: what is dead was dead for long, what is due later is due. */
  async function letTimePass(projectId: ProjectId, forLong: boolean): Promise<void> {
    const { sql } = world
    const dead = [...orphans]
    await sql`
      update everjust.jobs set lease_until = now() - interval '1 second'
      where project_id = ${projectId} and state = 'taken' and id = any(${dead})`
    await sql`
      update everjust.jobs set run_at = now() - interval '5 minutes', created_at = created_at - interval '5 minutes'
      where project_id = ${projectId} and state = 'queued'`
    await sql`
      update everjust.model_calls c set created_at = c.created_at - interval '20 minutes'
      where c.project_id = ${projectId} and c.state = 'held' and not exists (
        select from everjust.jobs j
        where j.project_id = c.project_id and j.kind = 'relay-model' and j.state in ('queued', 'taken'))`
    const unheard = forLong ? sql`true` : sql`false`
    const dumb = provider.alive(`p-${projectId}`) ? sql`g.heard_at is null and ${unheard}` : sql`true`
    await sql`
      update everjust.generations g set lease_until = now() - interval '1 second', created_at = created_at - interval '2 minutes'
      where g.project_id = ${projectId} and g.state in ('queued', 'running') and ${dumb} and not exists (
        select from everjust.jobs j
        where j.project_id = g.project_id and j.kind = 'start-generation' and j.state in ('queued', 'taken'))`
  }
}

class Killed extends Error {}

/** A database whose user dies at its nth transaction: before it, or when it was committed. Nothing is heard of it again. */
function mortal(database: Database, { diesAt, committed }: { diesAt: number; committed: boolean }): Database {
  let transactions = 0
  return {
    ...database,
    asWorker: async (work) => {
      transactions++
      if (transactions > diesAt || (transactions === diesAt && !committed)) throw new Killed()
      const done = await database.asWorker(work)
      if (transactions === diesAt) throw new Killed()
      return done
    },
  }
}
