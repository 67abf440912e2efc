import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import type { Role } from '../contract/user.ts'
import type { Principal, Standing } from '../domain/access.ts'
import { limitsOf, type Terms } from '../domain/limits.ts'
import { asksSecondFactor, type SignInRules } from '../domain/sign-in.ts'
import { stillKept } from './kept.ts'
import { greaterRole } from './project-row.ts'
import type { Transaction } from './sql.ts'
import { termsColumns } from './terms.ts'

interface Row extends Terms, Omit<SignInRules, 'kind'> {
  kind: SignInRules['kind'] | null
  organizationId: OrganizationId
  role: Role | 'run' | null
  archived?: boolean
  suspended: string | null
}

/** What a caller is to a project or an organization; undefined where the caller must not know that it exists. */
export function standingStore(transaction: Transaction) {
  const terms = termsColumns(transaction)
  const suspended = transaction`
    coalesce(u.suspended_reason, o.suspended_reason) as suspended, o.kind,
    coalesce(r.second_factor, false) as "secondFactor", r.issuer_organization as company,
    coalesce(r.company_only, false) as "companyOnly"`
  return {
    /** With `deleted` also in a project that can still be brought back. */
    async inProject(
      principal: Principal,
      projectId: ProjectId,
      { deleted = false } = {},
    ): Promise<Standing | undefined> {
      if (principal.kind === 'run') {
        if (principal.projectId !== projectId) return undefined
        return known(
          await transaction<Row[]>`
          select o.id as "organizationId", ${terms}, 'run' as role, o.suspended_reason as suspended
          from everjust.projects p join everjust.organizations o on o.id = p.organization_id
          where p.id = ${projectId} and p.deleted_at is null`,
        )
      }
      return known(
        await transaction<Row[]>`
        select p.organization_id as "organizationId", ${terms},
          coalesce(${greaterRole(transaction, transaction`m.role`, transaction`g.role`)},
            case when p.visibility = 'public' and p.deleted_at is null then 'viewer' end) as role,
          p.archived_at is not null as archived, ${suspended}
        from everjust.users u
        join everjust.projects p on p.id = ${projectId} 
          and (p.deleted_at is null or ${deleted}::boolean and ${stillKept(transaction)})
        left join everjust.memberships m on m.organization_id = p.organization_id and m.user_id = u.id
        left join everjust.project_guests g on g.project_id = p.id and g.user_id = u.id and p.deleted_at is null
        left join everjust.organizations o on o.id = p.organization_id
        left join everjust.sign_in_rules r on r.organization_id = o.id
        where u.id = ${principal.userId} and u.blocked_at is null`,
      )
    },

    /** Without an organization: the personal one of the caller. */
    async inOrganization(
      principal: Principal,
      organizationId: OrganizationId | undefined,
    ): Promise<Standing | undefined> {
      if (principal.kind === 'run') return undefined
      return known(
        await transaction<Row[]>`
        select o.id as "organizationId", ${terms}, m.role, ${suspended}
        from everjust.users u
        join everjust.memberships m on m.user_id = u.id
        join everjust.organizations o on o.id = m.organization_id
        left join everjust.sign_in_rules r on r.organization_id = o.id
        where u.id = ${principal.userId} and u.blocked_at is null
          and (o.id = ${organizationId ?? null} or (${organizationId ?? null}::text is null and o.kind = 'personal'))
        limit 1`,
      )
    },
  }
}

function known([row]: Row[]): Standing | undefined {
  if (!row?.role) return undefined
  const { overrides, role, kind, secondFactor, company, companyOnly, ...rest } = row
  const rules = kind && {
    kind,
    company,
    companyOnly,
    secondFactor: asksSecondFactor(rest.tier, { kind, secondFactor }),
  }
  return { ...rest, role, limits: limitsOf({ ...rest, overrides }), ...(rules && { signIn: rules }) }
}
