import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import type { Members, SandboxChoice } from '../contract/workshop.ts'
import { limitsOf, type Terms } from '../domain/limits.ts'
import { allowedChoice, unchosen } from '../domain/sandbox-choice.ts'
import type { Transaction } from './sql.ts'
import { termsColumns } from './terms.ts'

interface Settings {
  chosen: SandboxChoice
  /** Whether a sandbox runs with other settings than those. */
  outdated: boolean
}

interface SettingsRow extends Terms {
  chosen: SandboxChoice | null
  applied: SandboxChoice | null
  up: boolean
}

export interface UsedOnDay {
  day: string
  model: string
  runs: number
  micros: number
  input: number
  output: number
  cached: number
}

/** What is set for sandboxes, what a project used, who belongs to it. */
export function workshopStore(transaction: Transaction) {
  return {
    async settings(projectId: ProjectId): Promise<Settings> {
      const [row] = await transaction<SettingsRow[]>`
        select ${chosenColumn(transaction)} as chosen, b.applied, b.state in ('started', 'starting') as up,
          ${termsColumns(transaction)}
        from everjust.projects p join everjust.organizations o on o.id = p.organization_id
        left join everjust.sandbox_settings s on s.project_id = p.id
        left join everjust.sandboxes b on b.project_id = p.id
        where p.id = ${projectId}`
      const chosen = row?.chosen ?? unchosen
      const runsWith = row?.applied ?? unchosen
      // What it would be started with now: the plan may allow less than when it was chosen.
      const startsWith = row ? allowedChoice(chosen, limitsOf(row)) : chosen
      return {
        chosen,
        outdated: row?.up === true && JSON.stringify(inOrder(runsWith)) !== JSON.stringify(inOrder(startsWith)),
      }
    },

    async choose(projectId: ProjectId, { size, autoStopMinutes, network }: SandboxChoice): Promise<void> {
      const hosts = transaction.json(network.kind === 'open' ? network.hosts : [])
      await transaction`
        insert into everjust.sandbox_settings (project_id, cpu, memory_gib, auto_stop_minutes, network, hosts)
        values (${projectId}, ${size?.cpu ?? null}, ${size?.memoryGiB ?? null}, ${autoStopMinutes}, ${network.kind}, ${hosts})
        on conflict (project_id) do update set cpu = excluded.cpu, memory_gib = excluded.memory_gib,
          auto_stop_minutes = excluded.auto_stop_minutes, network = excluded.network, hosts = excluded.hosts,
          updated_at = now()`
    },

    /** By day and model, in one round trip; a run belongs to the model it asked first. */
    async used(projectId: ProjectId, from: Date): Promise<UsedOnDay[]> {
      return transaction<UsedOnDay[]>`
        select to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, m.model,
          count(*) filter (where m.first)::int as runs, sum(m.charged_micros)::float8 as micros,
          sum(coalesce((m.usage->>'input_tokens')::bigint, 0)
            + coalesce((m.usage->>'cache_creation_input_tokens')::bigint, 0))::float8 as input,
          sum(coalesce((m.usage->>'output_tokens')::bigint, 0))::float8 as output,
          sum(coalesce((m.usage->>'cache_read_input_tokens')::bigint, 0))::float8 as cached
        from (
          select c.*, row_number() over (partition by c.generation_id order by c.created_at, c.id) = 1 as first
          from everjust.model_calls c
          where c.project_id = ${projectId} and c.created_at >= ${from}) m
        group by 1, 2 order by 1, 2`
    },

    async members(organizationId: OrganizationId): Promise<Members['items']> {
      return transaction<Members['items']>`select name, email, role from everjust.members_of(${organizationId})`
    },
  }
}

/** What was chosen as the contract says it, of a row `s` that need not be there. */
export const chosenColumn = (transaction: Transaction) => transaction`
  case when s.project_id is not null then jsonb_build_object(
    'size', case when s.cpu is not null then jsonb_build_object('cpu', s.cpu, 'memoryGiB', s.memory_gib) end,
    'autoStopMinutes', s.auto_stop_minutes,
    'network', case when s.network = 'open'
      then jsonb_build_object('kind', 'open', 'hosts', s.hosts) else jsonb_build_object('kind', 'none') end) end`

/** The database keeps the keys of JSON in an order of its own. */
const inOrder = ({ size, network }: SandboxChoice) => [
  size && [size.cpu, size.memoryGiB],
  network.kind === 'open' ? network.hosts : null,
]
