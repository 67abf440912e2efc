import assert from 'node:assert/strict'
import type { DeletionContext, PostContext, QueueContext, RelayContext } from '../../lib/context.ts'
import type { GenerationId, JobId, ProjectId } from '../../lib/contract/ids.ts'
import { background } from '../../lib/entry/background.ts'
import { schedule } from '../../lib/entry/schedule.ts'
import type { JobKind } from '../../lib/ports/dispatcher.ts'
import type { ModelUpstream } from '../../lib/ports/model-upstream.ts'
import type { Sending } from '../../lib/ports/postman.ts'
import { openMail } from '../../lib/adapters/mail.ts'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { openOwnModels } from '../../lib/adapters/own-models.ts'
import { openReceipts } from '../../lib/auth/receipts.ts'
import { Config, Secret } from '../../lib/config.ts'
import { openPayments } from '../../lib/production-payments.ts'
import { duties } from '../../packages/cron/minute/index.ts'
import { job as changeAddresses } from '../../packages/jobs/change-addresses/index.ts'
import { job as carryMail } from '../../packages/jobs/carry-mail/index.ts'
import { job as deleteAccount } from '../../packages/jobs/delete-account/index.ts'
import { job as deleteProject } from '../../packages/jobs/delete-project/index.ts'
import { job as exportPerson } from '../../packages/jobs/export-person/index.ts'
import { job as improvePrompt } from '../../packages/jobs/improve-prompt/index.ts'
import { job as openSandbox } from '../../packages/jobs/open-sandbox/index.ts'
import { job as nextMessage } from '../../packages/jobs/next-message/index.ts'
import { job as relayModel } from '../../packages/jobs/relay-model/index.ts'
import { job as startGeneration } from '../../packages/jobs/start-generation/index.ts'
import { job as stopGeneration } from '../../packages/jobs/stop-generation/index.ts'
import { job as stopSandbox } from '../../packages/jobs/stop-sandbox/index.ts'
import { job as sendNotice } from '../../packages/jobs/send-notice/index.ts'
import { job as syncBilling } from '../../packages/jobs/sync-billing/index.ts'
import { job as sweepSandboxes } from '../../packages/jobs/sweep-sandboxes/index.ts'
import { fakeProvider } from '../contracts/fake-provider.ts'
import { differences } from './books.ts'
import { openWorld, type Caller, type SignedIn, type World } from '../world.ts'

export const kinds = {
  'start-generation': startGeneration,
  'stop-generation': stopGeneration,
  'next-message': nextMessage,
  'relay-model': relayModel,
  'improve-prompt': improvePrompt,
  'carry-mail': carryMail,
  'open-sandbox': openSandbox,
  'stop-sandbox': stopSandbox,
  'change-addresses': changeAddresses,
  'delete-project': deleteProject,
  'delete-account': deleteAccount,
  'export-person': exportPerson,
  'sweep-sandboxes': sweepSandboxes,
  'send-notice': sendNotice,
  'sync-billing': syncBilling,
}

export type Everything = DeletionContext & PostContext & QueueContext & RelayContext

export type Stage = Awaited<ReturnType<typeof openStage>>

/** A world whose jobs are done when a test says so: its database and storage are real, its sandboxes are the fake's. */
export async function openStage(
  suite: { after(work: () => Promise<void>): void },
  options: { upstream?: ModelUpstream; mostAtOnce?: number } = {},
) {
  const world = await openWorld(suite)
  const provider = fakeProvider()
  const mails: Sending[] = []
  const removed = new Set<string>()
  const forgetting = {
    remove: async (name: string) => void removed.add(name),
    knows: async (name: string) => !removed.has(name),
  }
  const jobs: Everything = {
    ...world.context,
    payments: openPayments(new Config(world.settings)),
    provider,
    identities: forgetting,
    companies: forgetting,
    receipts: openReceipts(new Secret(world.settings['TICKET_PRIVATE_KEY'] ?? '')),
    mail: openMail([]),
    site: 'http://localhost:4700',
    postman: { send: async (sending) => void mails.push(sending) },
    mostAtOnce: options.mostAtOnce ?? 1_000,
    plan: { snapshot: 'everjust', hosts: { own: ['localhost:4700'], others: [] } },
    upstream: options.upstream ?? openAnthropic({ url: 'http://127.0.0.1:9', key: new Secret('nobody') }),
    ownUpstream: openOwnModels('local'),
  }
  // The runners of this stage are its tests, which reach the API: nobody waits for mail that is carried while a run lasts.
  const own = { ...kinds, 'carry-mail': { ...carryMail, run: async () => 'done' as const } }
  const main = (kind: JobKind, changes: Partial<Everything> = {}) =>
    background<Everything>(own[kind], () => ({ ...jobs, ...changes }))

  /** Does what was woken, and what that wakes, until nothing is left. */
  async function drain(changes: Partial<Everything> = {}): Promise<JobKind[]> {
    const done: JobKind[] = []
    for (let next = world.wakes.shift(); next; next = world.wakes.shift()) {
      await main(next.kind, changes)({ jobId: next.jobId })
      done.push(next.kind)
    }
    return done
  }

  let people = 0
  return {
    world,
    provider,
    /** What people were sent. */
    mails,
    /** Accounts, and organizations of companies, that the issuer was asked to remove. */
    removed,
    /** Somebody new, whose rate limits nobody has used. */
    person: () => world.signIn(`person-${++people}@example.com`),
    jobs,
    drain,
    work: (kind: JobKind, jobId: JobId, changes?: Partial<Everything>) => main(kind, changes)({ jobId }),
    /** What `cron/minute` does. */
    minute: () => schedule(duties, () => jobs)(),
    project: (caller: SignedIn) => newProject(caller),
    /** In a project of its own, or in one that is there. */
    start: (caller: SignedIn, projectId?: ProjectId) => startRun({ world, drain }, caller, projectId),
  }
}

async function newProject(caller: SignedIn): Promise<ProjectId> {
  const { body } = await caller.post('/projects', { name: 'Stage' })
  return (body as { id: ProjectId }).id
}

export interface StartedRun {
  projectId: ProjectId
  id: GenerationId
  path: string
  /** Where its runner says what happens. */
  reports: string
  owner: Caller
  /** The runner of the first attempt. */
  runner: Caller
}

/** A generation whose runner has just been started. */
async function startRun(
  { world, drain }: { world: World; drain: () => Promise<unknown> },
  caller: SignedIn,
  given?: ProjectId,
): Promise<StartedRun> {
  const projectId = given ?? (await newProject(caller))
  const { status, body } = await caller.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker' })
  assert.equal(status, 202, JSON.stringify(body))
  const { id } = body as { id: GenerationId }
  await drain()
  const runner = await world.asRun({ projectId, generationId: id, attempt: 1 })
  const run = { projectId, id, owner: caller, runner }
  return { ...run, path: `/projects/${projectId}/generations/${id}`, reports: `/runs/${projectId}/${id}` }
}

/** The report with which a runner ends well. */
export const success = { attempt: 1, outcome: 'succeeded', failure: null, answer: 'Done.', versionId: null } as const

/** What every organization's quotas should be by its ledger, and are not, and all other differences; nothing when the books are right. */
export async function mistakes(world: World) {
  const { sql } = world
  const rows = await sql`
    select coalesce(q.organization_id, l.organization_id) as organization, coalesce(q.metric, l.metric) as metric,
      q.used, q.reserved, q.simulated, l.used as used_by_ledger, l.reserved as reserved_by_ledger
    from everjust.quotas q
    full join (
      select organization_id, metric, period, sum(settled) as used,
        sum(case when state = 'reserved' then reserved else 0 end) as reserved,
        sum(case when simulated then settled else 0 end) as simulated
      from everjust.ledger group by organization_id, metric, period
    ) l using (organization_id, metric, period)
    where coalesce(q.used, 0) <> coalesce(l.used, 0) or coalesce(q.reserved, 0) <> coalesce(l.reserved, 0)
      or coalesce(q.simulated, 0) <> coalesce(l.simulated, 0)`
  return [...rows, ...(await differences(world))]
}

/** What a run's money came to. */
export async function accountOf({ sql }: World, id: GenerationId) {
  const rows = await sql<{ metric: string; state: string; settled: string }[]>`
    select metric, state, settled from everjust.ledger where generation_id = ${id} order by metric`
  return Object.fromEntries(rows.map(({ metric, state, settled }) => [metric, `${state} ${settled}`]))
}
