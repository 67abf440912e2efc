import type { QueuedMessage, Queue } from '../contract/conversation.ts'
import type { NewGeneration } from '../contract/generation.ts'
import type { GenerationId, MessageId, ProjectId, UserId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface NewMessage {
  id: MessageId
  projectId: ProjectId
  writtenBy: UserId
  wish: NewGeneration
}

type ChangedMessage = Omit<NewMessage, 'wish'> & { prompt: string }

export interface WaitingMessage {
  id: MessageId
  writtenBy: UserId
  wish: NewGeneration
}

/** What decides whether the next message may start. */
export interface QueueDoor {
  paused: string | null
  activeGenerationId: GenerationId | null
}

type Rest = Omit<NewGeneration, 'prompt'>
type Row = { paused: string | null } & (
  | { id: MessageId; prompt: string; wish: Rest; createdAt: Date }
  | { id: null; prompt: null; wish: null; createdAt: null }
)

/** The messages of a project that wait, in the order in which they will start. */
export function queueStore(transaction: Transaction) {
  return {
    /** Whoever changes which messages wait holds the project's row until the end of the transaction, so they take turns. */
    async hold(projectId: ProjectId): Promise<QueueDoor | undefined> {
      const [row] = await transaction<QueueDoor[]>`
        select queue_paused as paused, active_generation_id as "activeGenerationId"
        from everjust.projects where id = ${projectId} and deleted_at is null for no key update`
      return row
    },

    async list(projectId: ProjectId): Promise<Queue> {
      const rows = await transaction<Row[]>`
        select p.queue_paused as paused, m.id, m.prompt, m.wish, m.created_at as "createdAt"
        from everjust.projects p left join everjust.queued_messages m on m.project_id = p.id
        where p.id = ${projectId}
        order by m.place, m.id`
      const items = rows.flatMap((row) => (row.id === null ? [] : [toMessage(row)]))
      return { items, paused: items.length > 0 ? (rows[0]?.paused ?? null) : null }
    },

    /** At the end; false when so many wait already. */
    async add({ id, projectId, writtenBy, wish }: NewMessage, most: number): Promise<boolean> {
      const { prompt, ...rest } = wish
      const rows = await transaction`
        insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
        select ${id}, ${projectId}, ${writtenBy}, ${prompt}, ${transaction.json(rest as never)},
          coalesce(max(place), 0) + 1
        from everjust.queued_messages where project_id = ${projectId}
        having count(*) < ${most}::int
        returning id`
      return rows.length > 0
    },

    /** Whoever changes the words is who asks with them, and in whose name they are paid. */
    async change({ id, projectId, writtenBy, prompt }: ChangedMessage): Promise<QueuedMessage | undefined> {
      const [row] = await transaction<(Row & { id: MessageId })[]>`
        update everjust.queued_messages set prompt = ${prompt}, written_by = ${writtenBy}
        where id = ${id} and project_id = ${projectId}
        returning null as paused, id, prompt, wish, created_at as "createdAt"`
      return row && toMessage(row)
    },

    async remove(projectId: ProjectId, id: MessageId): Promise<boolean> {
      const rows = await transaction`
        delete from everjust.queued_messages where id = ${id} and project_id = ${projectId} returning id`
      return rows.length > 0
    },

    /** False when these are not all the messages that wait, each once; then the order stays. */
    async order(projectId: ProjectId, ids: readonly MessageId[]): Promise<boolean> {
      const [row] = await transaction<{ fits: boolean }[]>`
        with given as materialized (
          select id, nth from jsonb_array_elements_text(${transaction.json([...ids])}) with ordinality as g (id, nth)),
        verdict as materialized (
          select (select count(distinct id) from given) = ${ids.length}::int
            and count(*) = ${ids.length}::int and count(given.id) = ${ids.length}::int as fits
          from everjust.queued_messages m left join given on given.id = m.id
          where m.project_id = ${projectId}),
        moved as (
          update everjust.queued_messages m set place = given.nth
          from given, verdict
          where m.id = given.id and m.project_id = ${projectId} and verdict.fits)
        select fits from verdict`
      return row?.fits ?? false
    },

    async first(projectId: ProjectId): Promise<WaitingMessage | undefined> {
      const [row] = await transaction<{ id: MessageId; writtenBy: UserId; prompt: string; wish: Rest }[]>`
        select id, written_by as "writtenBy", prompt, wish from everjust.queued_messages
        where project_id = ${projectId} order by place, id limit 1`
      return row && { id: row.id, writtenBy: row.writtenBy, wish: { prompt: row.prompt, ...row.wish } }
    },

    /** Null lets the queue go on. Answers how many messages wait, and whether it was otherwise before. */
    async pause(projectId: ProjectId, reason: string | null): Promise<{ waiting: number; changed: boolean }> {
      const [row] = await transaction<{ waiting: number; changed: boolean }[]>`
        with paused as (
          update everjust.projects set queue_paused = ${reason}
          where id = ${projectId} and queue_paused is distinct from ${reason}
          returning 1)
        select count(*)::int as waiting, exists (select from paused) as changed
        from everjust.queued_messages where project_id = ${projectId}`
      return row ?? { waiting: 0, changed: false }
    },
  }
}

function toMessage({ id, prompt, wish, createdAt }: Row & { id: MessageId }): QueuedMessage {
  const { mode, attachments } = wish
  return { id, prompt, mode, attachments, createdAt: createdAt.toISOString() }
}
