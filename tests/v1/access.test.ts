import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import type { Answer, Caller } from '../world.ts'
import { team, world } from './access/cast.ts'
import { expected } from './access/expected.ts'
import { openPlace, type Place } from './access/place.ts'
import { isOfProject, verdict } from './access/verdict.ts'
import { callerFor, everybody } from './access/who.ts'
import { forgetRates } from '../world/forget-rates.ts'

// Everybody asks here more in a minute than anybody may.
const { UPSTASH_REDIS_REST_URL: counter = '', UPSTASH_REDIS_REST_TOKEN: counting = '' } = world.settings

test('every route is in this table', () => {
  const routes = Object.entries(world.tables).flatMap(([name, table]) =>
    Object.keys(table).map((route) => route.replace(' ', ` ${name} `)),
  )
  assert.deepEqual(routes.sort(), Object.keys(expected).sort())
})

for (const visibility of ['private', 'public'] as const) {
  describe(`a ${visibility} project`, () => {
    for (const [route, row] of Object.entries(expected)) {
      if (visibility === 'public' && !isOfProject(row)) continue
      test(route, async () => {
        await forgetRates(counter, counting)
        let place = await openPlace(visibility)
        for (const who of everybody) {
          // A foreign run may call its own model, and nothing here names another project's.
          if (route === 'POST models /calls' && who === 'run of another project') continue
          const { status, body } = await call(await callerFor(who, place), route, place)
          const wanted = verdict(row, who, visibility)
          const told = `${who}: ${status} ${JSON.stringify(body)}`
          if (wanted !== 'let in') assert.equal(status, wanted, told)
          else if (row.unpaid) assert.equal(status, 402, told)
          else if (row.ofAnother || (row.ofGuests && !who.startsWith('guest'))) assert.equal(status, 404, told)
          else {
            assert.ok(status < 400 || status === 409, told)
            await row.afterwards?.()
            if (!route.startsWith('GET')) place = await openPlace(visibility)
          }
        }
      })
    }
  })
}

test('a stranger gets for a private project what anybody gets for one that does not exist, byte for byte', async () => {
  const place = await openPlace('private')
  // Two new people, so that neither asks more than one may in a minute.
  const [outsider, anybody] = [await world.signIn('outsider@example.com'), await world.signIn('anybody@example.com')]
  for (const route of Object.keys(expected)) {
    if (!route.includes(':projectId')) continue
    const nowhere = { ...place, project: newId('project') }
    const hidden = await call(outsider, route, place)
    const missing = await call(anybody, route, nowhere)
    assert.equal(hidden.status, 404, route)
    assert.deepEqual(stable(hidden), stable(missing), route)
  }
})

test('someone who leaves the team is out with the next request', async () => {
  const place = await openPlace('private')
  const former = await world.signIn('former@example.com')
  await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${team}, ${former.id}, 'owner')`
  assert.equal((await former.get(`/projects/${place.project}`)).status, 200)
  await world.sql`delete from everjust.memberships where user_id = ${former.id} and organization_id = ${team}`
  assert.equal((await former.get(`/projects/${place.project}`)).status, 404)
})

test('every project that ran was left without an error in the log', () => {
  assert.deepEqual(
    world.logs.filter(({ level }) => level === 'error'),
    [],
  )
})

function call(caller: Caller, route: string, place: Place): Promise<Answer> {
  const row = expected[route]
  assert.ok(row)
  const path = row.path(place)
  const body = row.body?.(place)
  if (route.startsWith('GET')) return caller.get(path)
  if (route.startsWith('DELETE')) return caller.delete(path)
  return route.startsWith('PUT') ? caller.put(path, body) : caller.post(path, body)
}

function stable({ status, headers, body }: Answer): unknown {
  const { 'x-request-id': _, 'server-timing': __, ...rest } = headers
  return { status, headers: rest, body: { ...body, requestId: '' } }
}
