import type { Cursor, Event, Happening } from '../contract/event.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

interface Row {
  seq: string
  type: string
  at: Date
  data: Record<string, unknown>
  runId: GenerationId | null
  runN: string | null
}

/** The log of record: one numbered stream for each project. */
export function eventStore(transaction: Transaction) {
  return {
    /** What the control plane says, in shapes the compiler holds it to; written in the transaction that makes it true. */
    async append(projectId: ProjectId, ...happenings: Happening[]): Promise<void> {
      const rows = happenings.map((happening, at) => ({ n: at + 1, ...happening }))
      await transaction`
        with stream as (
          insert into everjust.event_streams (project_id, last_seq) values (${projectId}, ${rows.length})
          on conflict (project_id) do update set last_seq = everjust.event_streams.last_seq + ${rows.length}
          returning last_seq)
        insert into everjust.events (project_id, seq, type, data)
        select ${projectId}, stream.last_seq - ${rows.length} + given.n, given.type, given.data
        from stream, jsonb_to_recordset(${transaction.json(rows as never)})
          as given (n int, type text, data jsonb)`
    },

    /** What a run reported; events already in the log are left out, and take no number. */
    async appendRun(projectId: ProjectId, events: readonly Event[]): Promise<void> {
      const rows = events.map(({ run, type, at, data }) => ({ id: run?.id, n: run?.n, type, at, data }))
      await transaction`
        insert into everjust.event_streams (project_id) values (${projectId}) on conflict do nothing`
      await transaction`
        with locked as (
          select last_seq from everjust.event_streams where project_id = ${projectId} for update),
        fresh as (
          select given.*, row_number() over (order by given.n) as nth
          from jsonb_to_recordset(${transaction.json(rows as never)})
            as given (id text, n bigint, type text, at timestamptz, data jsonb)
          where not exists (select from everjust.events e where e.run_id = given.id and e.run_n = given.n)),
        moved as (
          update everjust.event_streams set last_seq = last_seq + (select count(*) from fresh)
          where project_id = ${projectId} and exists (select from locked))
        insert into everjust.events (project_id, seq, type, at, data, run_id, run_n)
        select ${projectId}, locked.last_seq + fresh.nth, fresh.type, fresh.at, fresh.data, fresh.id, fresh.n
        from locked, fresh`
    },

    /**
     * Events after a cursor, in order, without those of its run that were already seen live; `upTo` is the log's end
     * when these are all, else null.
     */
    async after(
      projectId: ProjectId,
      { seq, run }: Cursor,
      limit: number,
    ): Promise<{ events: Event[]; upTo: number | null }> {
      const rows = await transaction<(Row & { lastSeq: string })[]>`
        select e.seq, e.type, e.at, e.data, e.run_id as "runId", e.run_n as "runN", s.last_seq as "lastSeq"
        from everjust.event_streams s left join lateral (
          select * from everjust.events e
          where e.project_id = s.project_id and e.seq > ${seq}
            and (e.run_id is distinct from ${run?.id ?? null} or e.run_id is null or e.run_n > ${run?.n ?? 0})
          order by e.seq
          limit ${limit}
        ) e on true
        where s.project_id = ${projectId}
        order by e.seq`
      const events = rows.filter(({ type }) => type !== null).map(toEvent)
      return { events, upTo: events.length < limit ? Number(rows[0]?.lastSeq ?? 0) : null }
    },

    /** How far its sandbox is, as the log told last; only of one that is starting. */
    async startingAt(projectId: ProjectId): Promise<'machine' | 'files' | undefined> {
      const [row] = await transaction<{ doing: 'machine' | 'files' | null }[]>`
        select data ->> 'doing' as doing from everjust.events
        where project_id = ${projectId} and type = 'sandbox:status'
        order by seq desc limit 1`
      return row?.doing ?? undefined
    },

    /** After it the log tells of the newest generation; its end where there was none. */
    async beforeLatest(projectId: ProjectId): Promise<number> {
      const [row] = await transaction<{ before: string }[]>`
        select coalesce((
          select e.seq - 1 from everjust.events e
          where e.project_id = s.project_id and e.type = 'project:generation:start' and e.data ->> 'generationId' = (
            select g.id from everjust.generations g where g.project_id = s.project_id order by g.number desc limit 1)
          order by e.seq limit 1), s.last_seq) as before
        from everjust.event_streams s where s.project_id = ${projectId}`
      return Number(row?.before ?? 0)
    },

    /** What its run reported, and what else the log tells from its start until the next one starts. */
    async ofGeneration([projectId, id]: [ProjectId, GenerationId], { seq }: Cursor, limit: number): Promise<Event[]> {
      const rows = await transaction<Row[]>`
        with span as materialized (
          select g.project_id, starts.seq as first, (
            select min(e.seq) from everjust.generations n join everjust.events e on e.project_id = n.project_id
              and e.type = 'project:generation:start' and e.data ->> 'generationId' = n.id
            where n.project_id = g.project_id and n.number = g.number + 1) as last
          from everjust.generations g join everjust.events starts on starts.project_id = g.project_id
            and starts.type = 'project:generation:start' and starts.data ->> 'generationId' = g.id
          where g.project_id = ${projectId} and g.id = ${id})
        select seq, type, at, data, run_id as "runId", run_n as "runN" from (
          select * from everjust.events e where e.run_id = ${id} and e.project_id = ${projectId}
          union all
          select e.* from span join everjust.events e on e.project_id = span.project_id
            and e.run_id is null and e.seq >= span.first and (span.last is null or e.seq < span.last)
        ) as told
        where seq > ${seq}
        order by seq
        limit ${limit}`
      return rows.map(toEvent)
    },
  }
}

function toEvent({ seq, type, at, data, runId, runN }: Row): Event {
  return {
    seq: Number(seq),
    run: runId ? { id: runId, n: Number(runN) } : null,
    type,
    at: at.toISOString(),
    data,
  }
}
