import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { owned } from './isolation/tables.ts'
import { countOrDenied, database, makeTenant, owner, person } from './isolation/tenants.ts'

describe('a guest', () => {
  /** What an organization is counted and capped by, which whoever starts a run there must see. */
  const shared = ['sign_in_rules', 'organizations', 'quotas', 'organization_engine', 'own_models']
  /** What members alone see of a project, and guests who edit. */
  const inside = ['project_secrets', 'sandbox_settings', 'shares', 'project_spending', 'jobs']

  for (const role of ['viewer', 'editor'] as const) {
    test(`who is ${role} reaches one project and nothing else of its organization`, async () => {
      const [visitor, host] = [await makeTenant(), await makeTenant()]
      const other = { ...host, project: newId('project') }
      await owner`insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
        values (${other.project}, ${host.organization}, ${host.user}, 'x', 'static', 'private')`
      await owner`insert into everjust.project_guests (project_id, user_id, role)
        values (${host.project}, ${visitor.user}, ${role})`
      for (const { table, column, by } of owned) {
        const at = `everjust.${table}`
        const counted = (key: string, statement: 'read' | 'write') =>
          countOrDenied(
            database.as(person(visitor), (t) =>
              statement === 'read'
                ? t`select 1 from ${t(at)} where ${t(column)} = ${key}`
                : t`update ${t(at)} set ${t(column)} = ${t(column)} where ${t(column)} = ${key} returning 1`,
            ),
          )
        const edits = role === 'editor'
        const sees =
          by === 'project' ? edits || !inside.includes(table) : by === 'organization' && shared.includes(table)
        const wanted = ['organizations', 'sign_in_rules'].includes(table) || by === 'project' || edits ? sees : false
        assert.equal((await counted(host[by], 'read')) > 0, wanted, `${table}: reads`)
        if (!edits || by === 'user') assert.equal(await counted(host[by], 'write'), 0, `${table}: writes`)
        if (by === 'project') assert.equal(await counted(other.project, 'read'), 0, `${table}: another project`)
      }
      await owner`delete from everjust.project_guests where user_id = ${visitor.user}`
      const left = await database.as(
        person(visitor),
        (t) => t`select id from everjust.projects where id = ${host.project}`,
      )
      assert.equal(left.length, 0)
    })
  }

  test('books nothing to an organization that is not the host', async () => {
    const [visitor, host, third] = [await makeTenant(), await makeTenant(), await makeTenant()]
    await owner`insert into everjust.project_guests (project_id, user_id, role)
      values (${host.project}, ${visitor.user}, 'editor')`
    const theft = database.as(
      person(visitor),
      (t) => t`insert into everjust.ledger (id, organization_id, project_id, metric, period, state, reserved)
        values (${newId('ledgerEntry')}, ${third.organization}, ${host.project}, 'micros', now(), 'reserved', 1)`,
    )
    await assert.rejects(theft, { code: '42501' })
    const rise = database.as(
      person(visitor),
      (t) => t`update everjust.project_guests set role = 'viewer' where project_id = ${host.project} returning 1`,
    )
    assert.equal(await countOrDenied(rise), 0)
    const intrusion = database.as(
      person(visitor),
      (t) => t`insert into everjust.project_guests (project_id, user_id, role)
        values (${third.project}, ${visitor.user}, 'editor')`,
    )
    await assert.rejects(intrusion, { code: '42501' })
  })
})
