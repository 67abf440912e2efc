import type { OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { Engine } from '../domain/offer.ts'
import type { Transaction } from './sql.ts'

export interface KnownOwnModel {
  hint: string
  url: string | null
  /** Why it was last refused; null when it was not. */
  problem: string | null
  addedAt: string
}

/** How an organization uses models, as its members may read it. */
export interface KnownEngine extends Engine {
  rules: string
  ownModel: KnownOwnModel | null
}

type Change = Partial<Pick<Engine, 'models' | 'defaultModel'> & { rules: string }>

interface NewOwnModel {
  organizationId: OrganizationId
  sealed: string
  hint: string
  url: string | null
  addedBy: UserId
}

const untouched: KnownEngine = { models: null, defaultModel: null, rules: '', ownModel: null }

/** The models of organizations: what their people may choose, and their own keys. */
export function engineStore(transaction: Transaction) {
  const columns = transaction`
    e.models, e.default_model as "defaultModel", coalesce(e.rules, '') as rules,
    case when m.organization_id is null then null else jsonb_build_object('hint', m.hint, 'url', m.url,
      'problem', m.problem, 'addedAt', to_char(m.added_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end
      as "ownModel"`
  const joined = transaction`
    left join everjust.organization_engine e on e.organization_id = asked.id
    left join everjust.own_models m on m.organization_id = asked.id`

  return {
    async find(organizationId: OrganizationId): Promise<KnownEngine> {
      const [row] = await transaction<KnownEngine[]>`
        select ${columns} from (values (${organizationId})) as asked (id) ${joined}`
      return row ?? untouched
    },

    /** That of the organization which owns the project, with the model of the project. */
    async ofProject(projectId: ProjectId): Promise<KnownEngine> {
      const [row] = await transaction<KnownEngine[]>`
        select ${columns}, asked.model as "projectModel" from (
          select p.organization_id as id, p.default_model as model from everjust.projects p where p.id = ${projectId}) as asked ${joined}`
      return row ?? untouched
    },

    /** Sets what `change` names and leaves the rest. */
    async change(organizationId: OrganizationId, change: Change): Promise<void> {
      const { models, defaultModel, rules } = change
      await transaction`
        insert into everjust.organization_engine as e (organization_id, models, default_model, rules)
        values (${organizationId}, ${models ? transaction.json(models) : null}, ${defaultModel ?? null}, ${rules ?? ''})
        on conflict (organization_id) do update set updated_at = now(),
          models = case when ${models !== undefined} then excluded.models else e.models end,
          default_model = case when ${defaultModel !== undefined} then excluded.default_model else e.default_model end,
          rules = case when ${rules !== undefined} then excluded.rules else e.rules end`
    },

    async setOwnModel({ organizationId, sealed, hint, url, addedBy }: NewOwnModel): Promise<void> {
      await transaction`
        insert into everjust.own_models (organization_id, sealed, hint, url, added_by)
        values (${organizationId}, ${sealed}, ${hint}, ${url}, ${addedBy})
        on conflict (organization_id) do update set sealed = ${sealed}, hint = ${hint}, url = ${url},
          added_by = ${addedBy}, added_at = now(), problem = null`
    },

    async removeOwnModel(organizationId: OrganizationId): Promise<boolean> {
      const rows = await transaction`
        delete from everjust.own_models where organization_id = ${organizationId} returning organization_id`
      return rows.length > 0
    },
  }
}
