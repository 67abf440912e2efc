import type { Secret } from './config.ts'
import type { Whence } from './auth/identify.ts'
import type { LiveTickets } from './auth/live-ticket.ts'
import type { Receipts } from './auth/receipts.ts'
import type { RunTokens } from './auth/run-token.ts'
import type { Seals } from './auth/seal.ts'
import type { PublicSettings } from './contract/health.ts'
import type { JobId } from './contract/ids.ts'
import type { Principal } from './domain/access.ts'
import type { EndpointPolicy } from './domain/endpoint.ts'
import type { Limiter } from './entry/limiter.ts'
import type { Log } from './log.ts'
import type { Dispatcher } from './ports/dispatcher.ts'
import type { Identities } from './ports/identities.ts'
import type { Mail } from './ports/mail.ts'
import type { ModelUpstream } from './ports/model-upstream.ts'
import type { ObjectStore } from './ports/object-store.ts'
import type { SandboxHosts } from './domain/sandbox-hosts.ts'
import type { TokenCounter } from './ports/token-counter.ts'
import type { CompanySignIns } from './ports/company-sign-ins.ts'
import type { Payments } from './ports/payments.ts'
import type { Postman } from './ports/postman.ts'
import type { SandboxProvider } from './ports/sandbox-provider.ts'
import type { OperatorStores } from './store/operator-stores.ts'
import type { Database } from './store/sql.ts'
import type { Stores } from './store/stores.ts'
import type { WorkerStores } from './store/worker-stores.ts'

/** Everything an operation may ask of the world; made once in each warm instance, by `production` or by a test. */
export interface Context {
  now(): Date
  log: Log
  settings: PublicSettings
  /** Where data lies, in the words of who runs the installation; `local` is this machine, null where they said nothing. */
  region: string | null
  /** The origins that may call from a browser, and the API's own public origin. */
  origins: { web: readonly string[]; api: string }
  database: Database
  /** Who calls, by the authorization header, and from where; undefined for everybody else. */
  identify(authorization: string | undefined, from?: Whence): Promise<Principal | undefined>
  limiter: Limiter
  objects: ObjectStore
  dispatcher: Dispatcher
  liveTickets: LiveTickets
  runTokens: RunTokens
  /** Counts tokens before a run; undefined where there is no key for it. */
  tokens: TokenCounter | undefined
  /** Opens and closes what people entrust to us. */
  seals: Seals
  ownEndpoints: EndpointPolicy
  /** Takes payments; undefined in the functions that ask for none. */
  payments: Payments | undefined
  /** Lets companies sign in their own people; undefined in the functions, and installations, that do not manage it. */
  companySignIns: CompanySignIns | undefined
  /** One try to reach each service the API relies on; rejects when it does not answer. */
  probes: Readonly<Record<string, () => Promise<unknown>>>
}

type Surroundings = Omit<Context, 'identify' | 'limiter' | 'database'>

/** What one request works with: its surroundings, and the tables as its principal may see them, in one transaction. */
export type Desk = Surroundings & Stores

/** What a request of an operator works with: the tables as those who run the installation may see them. */
export type OperatorDesk = Surroundings & OperatorStores

/** The same for a request that waits: it opens a short transaction each time it looks. */
export type WaitingDesk = Surroundings &
  Pick<Context, 'identify'> & { within<T>(work: (stores: Stores) => Promise<T>): Promise<T> }

/** What a schedule may ask of the world. */
export type ScheduleContext = Pick<Context, 'now' | 'log' | 'database' | 'dispatcher'> & {
  /** How many generations may run at once, of all tenants together. */
  mostAtOnce: number
}

/** What the queue asks: it begins generations as requests do. */
export interface QueueContext extends ScheduleContext {
  settings: Pick<PublicSettings, 'model'>
}

/** What the sending of mail to people asks. */
export interface PostContext extends ScheduleContext {
  postman: Postman
  /** The site's origin, where the links in mails lead. */
  site: string
}

/** What a webhook may ask: whether a delivery is real, and to have it written down with the job it leads to. */
export interface HookContext {
  log: Log
  isSigned(delivery: { header: string | undefined; bytes: Buffer }): boolean
  /** The job that is to look; null when the event is known already, or of nobody we know. */
  takeEvent(event: { id: string; type: string; customerId: string | null }): Promise<JobId | null>
  wake(jobId: JobId): Promise<void>
}

/** What the fetching of what was paid asks. */
export interface PaymentsContext extends ScheduleContext {
  payments: Payments
}

/** What the relay of the model's replies asks: it is on everybody's way, so it carries nothing else. */
export interface RelayContext extends ScheduleContext {
  objects: ObjectStore
  upstream: ModelUpstream
  /** The model of an organization; without an address, the vendor's by its key. */
  ownUpstream(own: { key: Secret; url: string | null }): ModelUpstream
  seals: Seals
}

/** What the other jobs ask of the world: of all functions, these alone reach sandboxes. */
export interface JobContext extends ScheduleContext {
  receipts: Receipts
  objects: ObjectStore
  origins: Context['origins']
  liveTickets: LiveTickets
  runTokens: RunTokens
  seals: Seals
  provider: SandboxProvider
  mail: Mail
  /** The origin where the gateway streams; undefined where the functions relay. */
  gateway?: string | undefined
  /** What sandboxes are made from, and the hosts they may reach; null when they may not reach ours. */
  plan: { snapshot: string; hosts: SandboxHosts | null }
}

/** What the deletion of people and organizations asks: it reaches every place that holds something of them. */
export interface DeletionContext extends JobContext, PaymentsContext {
  identities: Identities
  companies: Pick<CompanySignIns, 'remove' | 'knows'>
}

/** Short transactions with the sight of all rows; the jobs they enqueue are woken after each. */
export type DeskOf<C extends ScheduleContext> = C & {
  within<T>(work: (stores: WorkerStores) => Promise<T>): Promise<T>
}
export type ScheduleDesk = DeskOf<ScheduleContext>
export type QueueDesk = DeskOf<QueueContext>
export type RelayDesk = DeskOf<RelayContext>
export type PostDesk = DeskOf<PostContext>
export type PaymentsDesk = DeskOf<PaymentsContext>
export type JobDesk = DeskOf<JobContext>
export type DeletionDesk = DeskOf<DeletionContext>
