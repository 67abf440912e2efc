import { after } from 'node:test'
import postgres from 'postgres'
import { newId, type OrganizationId, type ProjectId, type UserId } from '../../../lib/contract/ids.ts'
import type { Principal } from '../../../lib/domain/access.ts'
import { openDatabase } from '../../../lib/store/sql.ts'
import { freshDatabase } from '../../world/cluster.ts'

export const addresses = await freshDatabase()
export const owner = postgres(addresses.ownerUrl, { max: 1, onnotice: () => {} })
export const database = openDatabase(addresses.url)
after(async () => {
  await Promise.all([owner.end({ timeout: 1 }), database.close()])
  await addresses.drop()
})

export interface Tenant {
  user: UserId
  organization: OrganizationId
  project: ProjectId
}

export async function makeTenant(): Promise<Tenant> {
  const [user, organization, project] = [newId('user'), newId('organization'), newId('project')] as const
  await owner`insert into everjust.users (id, issuer, subject) values (${user}, 'test', ${user})`
  await owner`insert into everjust.organizations (id, name, kind) values (${organization}, 'x', 'personal')`
  await owner`insert into everjust.memberships (organization_id, user_id, role) values (${organization}, ${user}, 'owner')`
  await owner`insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    values (${project}, ${organization}, ${user}, 'x', 'static', 'private')`
  await fill({ user, organization, project })
  return { user, organization, project }
}

/** One row in every table that belongs to somebody. */
async function fill({ user, organization, project }: Tenant): Promise<void> {
  const [version, generation] = [newId('version'), newId('generation')]
  await owner`insert into everjust.versions (id, project_id, number, source, message, manifest_sha256, file_count, total_bytes)
    values (${version}, ${project}, 1, 'edit', 'x', 'x', 0, 0)`
  await owner`insert into everjust.blobs (project_id, sha256, size) values (${project}, 'x', 1)`
  await owner`insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, model, cap_micros)
    values (${generation}, ${project}, ${organization}, ${user}, 'queued', 'x', 'x', 1)`
  await owner`insert into everjust.event_streams (project_id, last_seq) values (${project}, 1)`
  await owner`insert into everjust.events (project_id, seq, type, data) values (${project}, 1, 'x', '{}')`
  await owner`insert into everjust.sandboxes (project_id, state) values (${project}, 'started')`
  const entry = newId('ledgerEntry')
  await owner`insert into everjust.ledger (id, organization_id, metric, period, state, reserved)
    values (${entry}, ${organization}, 'micros', now(), 'reserved', 1)`
  await owner`insert into everjust.improvements (id, project_id, organization_id, user_id, ledger_id, prompt, model, own_key)
    values (${newId('improvement')}, ${project}, ${organization}, ${user}, ${entry}, 'x', 'x', false)`
  await owner`insert into everjust.ledger (id, organization_id, generation_id, metric, period, state, reserved)
    values (${newId('ledgerEntry')}, ${organization}, ${generation}, 'generations', now(), 'reserved', 1)`
  await owner`insert into everjust.quotas (organization_id, metric, period) values (${organization}, 'micros', now())`
  await owner`insert into everjust.usage_days (organization_id, day, project_id, user_id, model)
    values (${organization}, now(), '', '', '')`
  await owner`insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros)
    values (${newId('call')}, ${project}, ${generation}, 1, 'x', 'settled', 0)`
  await owner`insert into everjust.conversation_memories (project_id, up_to, text)
    values (${project}, ${generation}, 'x')`
  await owner`insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
    values (${newId('message')}, ${project}, ${user}, 'x', '{}', 1)`
  await owner`insert into everjust.images (id, project_id, uploaded_by, media_type, size, sha256)
    values (${newId('image')}, ${project}, ${user}, 'image/png', 1, 'x')`
  await owner`insert into everjust.caps (owner_kind, owner_id) values ('person', ${user})`
  await owner`insert into everjust.person_spending (user_id, period) values (${user}, now())`
  await owner`insert into everjust.member_spending (organization_id, user_id, period)
    values (${organization}, ${user}, now()) on conflict do nothing`
  await owner`insert into everjust.project_spending (project_id, period) values (${project}, now())`
  await owner`insert into everjust.jobs (id, kind, project_id, payload) values (${newId('job')}, 'x', ${project}, '{}')`
  await owner`insert into everjust.idempotency_keys (user_id, key, request_sha256) values (${user}, 'x', 'x')`
  await owner`insert into everjust.api_keys (id, user_id, name, secret_sha256, scopes)
    values (${newId('apiKey')}, ${user}, 'x', ${user}, '{}')`
  await owner`insert into everjust.sign_in_rules (organization_id) values (${organization})`
  await owner`insert into everjust.sessions (id, user_id, name, proved_at, two_factors)
    values (${newId('session')}, ${user}, 'x', now(), false)`
  await owner`insert into everjust.identities (id, user_id, issuer, subject)
    values (${newId('identity')}, ${user}, 'x', ${`linked|${user}`})`
  await owner`insert into everjust.organization_engine (organization_id) values (${organization})`
  await owner`insert into everjust.own_models (organization_id, sealed, hint) values (${organization}, 'x', 'x')`
  await owner`insert into everjust.file_locks (project_id, path) values (${project}, 'x')`
  await owner`insert into everjust.shares (id, project_id, digest, expires_at)
    values (${newId('share')}, ${project}, ${project}, now() + interval '1 hour')`
  await owner`insert into everjust.billing_accounts (organization_id) values (${organization})`
  await owner`insert into everjust.invoices (id, organization_id, state, total_micros, created_at)
    values (${organization}, ${organization}, 'paid', 1, now())`
  await owner`insert into everjust.top_ups (id, organization_id, requests, paid_micros, created_at)
    values (${organization}, ${organization}, 1, 1, now())`
  await owner`insert into everjust.meter_reports (id, organization_id, customer_id, requests)
    values (${organization}, ${organization}, 'x', 1)`
  await owner`insert into everjust.flag_organizations (name, organization_id, enabled) values ('x', ${organization}, true)`
  await owner`insert into everjust.folders (id, organization_id, name, created_by)
    values (${newId('folder')}, ${organization}, 'x', ${user})`
  await owner`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
    values (${newId('invitation')}, ${organization}, ${organization}, 'viewer', 1, ${user}, now() + interval '1 hour')`
  await owner`insert into everjust.project_guests (project_id, user_id, role) values (${project}, ${user}, 'viewer')`
  await owner`insert into everjust.favourites (user_id, project_id) values (${user}, ${project})`
  await owner`insert into everjust.sandbox_settings (project_id) values (${project})`
  await owner`insert into everjust.project_secrets (project_id, name, sealed) values (${project}, 'X', 'x')`
  await owner`insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at)
    values (${newId('receipt')}, ${organization}, 'project', ${newId('project')}, now())`
  await owner`insert into everjust.accepted_terms (user_id, version) values (${user}, 'x')`
  await owner`insert into everjust.exports (id, user_id) values (${newId('export')}, ${user})`
  await owner`insert into everjust.audit_log (organization_id, actor, action, subject) values (${organization}, 'x', 'x', 'x')`
}

export const person = ({ user }: Tenant): Principal => ({ kind: 'user', userId: user, scopes: 'all' })
export const run = ({ project }: Tenant): Principal => ({
  kind: 'run',
  projectId: project,
  generationId: null,
  attempt: 1,
})

/** How many rows a statement touched; 0 too when the table does not allow it at all. */
export async function countOrDenied(statement: Promise<readonly unknown[]>): Promise<number> {
  return statement.then(
    (rows) => rows.length,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === '42501') return 0
      throw error
    },
  )
}
