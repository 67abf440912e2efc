import type { Limit } from '../contract/engine.ts'
import type { Generation, NewGeneration } from '../contract/generation.ts'
import type { GenerationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { isScripted } from '../domain/prices.ts'
import { creditsPeriod, type Reservation } from '../domain/quota.ts'
import { toGeneration, type GenerationRow } from './generation-row.ts'
import type { Transaction } from './sql.ts'

export interface Wish {
  id: GenerationId
  projectId: ProjectId
  organizationId: OrganizationId
  requestedBy: UserId
  prompt: string
  model: string
  mode?: Generation['mode']
  attachments?: NewGeneration['attachments']
  /** The model that may step in. */
  fallbackModel?: string | null
  /** Paid by the organization's own key: nothing is charged, so nothing is set aside. */
  ownKey?: boolean
  retryOf?: GenerationId | null
}

/** Why nothing was begun: of what, how much was used (or set aside), and how much may be; `whose` cap it is, when it is one. */
export interface Unfit {
  why: 'gone' | 'active' | 'generations' | 'run' | 'month'
  whose?: Limit['whose']
  used: number
  most: number
}

type Row = GenerationRow & {
  why: Unfit['why'] | 'fits'
  whose: Limit['whose'] | null
  used: string
  most: string | null
}

/**
 * Sets money aside and queues a generation, or says why not; then all must be rolled back. What is set aside is what was
 * wanted or, when the month's caps leave less, that; one function of the database decides, on rows that it holds locked.
 */
export async function begin(
  transaction: Transaction,
  wish: Wish,
  reservation: Reservation,
): Promise<Generation | Unfit> {
  const { generationsPerMonth, capMicros, leastMicros, period } = reservation
  const [row] = await transaction<Row[]>`
    select r.why, r.whose, r.used, r.most, (r.made).*
    from everjust.begin_run(
      jsonb_populate_record(null::everjust.generations, ${transaction.json(asRow(wish))}),
      ${transaction.json(newEntries())}, ${generationsPerMonth}, ${capMicros}, ${leastMicros}, ${period}::date,
      ${creditsPeriod}::date, ${isScripted(wish.model)}) as r`
  if (!row) return { why: 'gone', used: 0, most: 0 }
  const { why, whose } = row
  if (why === 'fits') return toGeneration(row)
  return { why, ...(whose && { whose }), used: Number(row.used), most: Number(row.most) }
}

/** The entry of each kind that a reservation may make. */
const newEntries = () => ({
  generations: newId('ledgerEntry'),
  micros: newId('ledgerEntry'),
  credits: newId('ledgerEntry'),
  beyond: newId('ledgerEntry'),
})

const asRow = (wish: Wish) => ({
  id: wish.id,
  project_id: wish.projectId,
  organization_id: wish.organizationId,
  requested_by: wish.requestedBy,
  prompt: wish.prompt,
  model: wish.model,
  mode: wish.mode ?? 'build',
  attachments: wish.attachments ?? [],
  fallback_model: wish.fallbackModel ?? null,
  own_key: wish.ownKey ?? false,
  retry_of: wish.retryOf ?? null,
})
