import assert from 'node:assert/strict'
import { importJWK, jwtVerify } from 'jose'
import { receiptAudience } from '../../lib/auth/receipts.ts'
import type { Deletion, OpenedReceipt } from '../../lib/contract/deletion.ts'
import type { OrganizationId, ProjectId, ReceiptId } from '../../lib/contract/ids.ts'
import { elsewhere } from '../../lib/domain/holdings.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { makeTeam, type Answer, type SignedIn } from '../world.ts'
import type { Stage } from './stage.ts'

export interface Scene {
  owner: SignedIn
  editor: SignedIn
  team: OrganizationId
  projectId: ProjectId
  customer: string
  /** What the issuer calls the organization of its company. */
  company: string
}

/** A team that pays, with a project that has files, and in which a run is under way where that is wanted. */
export async function openScene(stage: Stage, { running = false } = {}): Promise<Scene> {
  const { world } = stage
  const [owner, editor] = [await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: owner.id, role: 'owner' },
    { id: editor.id, role: 'editor' },
  ])
  const { body } = await editor.post('/projects', { name: 'Shop', organizationId: team })
  const projectId = (body as { id: ProjectId }).id
  if (running) await stage.start(editor, projectId)
  await world.context.objects.put(objectKeys.blob(projectId, '1'), 'x', 'text/plain')
  const customer = await stage.jobs.payments.openCustomer(team)
  await world.sql`insert into everjust.billing_accounts (organization_id, customer_id) values (${team}, ${customer})`
  const company = `org_${team}`
  await world.sql`insert into everjust.sign_in_rules (organization_id, issuer_organization) values (${team}, ${company})`
  return { owner, editor, team, projectId, customer, company }
}

export function asked({ status, body }: Answer): ReceiptId {
  assert.equal(status, 202, JSON.stringify(body))
  return (body as Deletion).receiptId
}

export async function receipt({ world }: Stage, id: ReceiptId): Promise<OpenedReceipt> {
  const { status, body } = await world.anonymous.get(`/audit/receipts/${id}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as OpenedReceipt
}

const places = Object.values(elsewhere).flatMap((place) => ('counted' in place ? [place.counted] : []))

/** Signed, and with nothing but zeros; how others called it is forgotten. */
export async function isWhole(stage: Stage, id: ReceiptId): Promise<void> {
  const { counts, signed, key, subject } = await receipt(stage, id)
  assert.ok(counts && signed)
  for (const place of places) assert.equal(counts[place], 0, place)
  assert.ok(Object.keys(counts).length > 9)
  assert.deepEqual(
    Object.entries(counts).filter(([, count]) => count > 0),
    [],
  )
  const { payload } = await jwtVerify(signed, await importJWK(key, 'EdDSA'), { audience: receiptAudience })
  assert.deepEqual([payload.jti, payload.sub, payload['counts']], [id, subject, counts])
  const [row] = await stage.world.sql`select covers from everjust.deletion_receipts where id = ${id}`
  assert.equal('outside' in row?.['covers'], false)
}

export async function isGone(stage: Stage, { team, projectId, customer, company }: Scene): Promise<void> {
  const { provider, removed, jobs } = stage
  const {
    sql,
    context: { objects },
  } = stage.world
  assert.deepEqual(await objects.list(objectKeys.project(projectId)), [])
  assert.equal(provider.boxes.has(`p-${projectId}`), false)
  assert.equal(await jobs.payments.knows(customer), false)
  assert.ok(removed.has(company))
  const [left] = await sql`select name, tier from everjust.organizations where id = ${team}`
  assert.deepEqual({ ...left }, { name: '', tier: 'free' })
  assert.equal((await sql`select from everjust.projects where organization_id = ${team}`).length, 0)
  const [project] = await sql`select counts from everjust.deletion_receipts where subject = ${projectId}`
  assert.ok(project?.['counts'])
}
