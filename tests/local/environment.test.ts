import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Config } from '../../lib/config.ts'
import { environmentOf } from '../../local/stack/environment.ts'

const url = 'http://localhost'
const addresses = {
  ...{ frontDoor: url, functions: url, postgres: url, redis: url, spaces: url },
  ...{ issuer: url, daytona: url, model: url, post: url, billing: url },
}
const management = { clientId: 'x', clientSecret: 'x' }
const given = { addresses, secrets: {}, settings: {}, allowHosts: ['x'], management } as unknown as Parameters<
  typeof environmentOf
>[0]

test('the functions are given every setting, for the platform fills in no empty one', async () => {
  const text = await readFile(join(import.meta.dirname, '../../project.yml'), 'utf8')
  const environment: Record<string, string> = environmentOf(given)
  const secrets = /KEY|SECRET|TOKEN|PASSWORD/
  const named = [...text.matchAll(/\$\(([^)]*)\)/g)].flatMap(([, group = '']) => group.split(/\s+/).filter(Boolean))
  const asked = named.filter((name) => !secrets.test(name))
  assert.ok(asked.length > 20)
  assert.deepEqual(
    asked.filter((name) => !environment[name]),
    [],
  )
})

test('what need not be there may be said to be not there', () => {
  const config = new Config({ ONE: 'none', TWO: '', FOUR: 'x' })
  assert.deepEqual(
    ['ONE', 'TWO', 'THREE', 'FOUR'].map((name) => config.has(name)),
    [false, false, false, true],
  )
})
