import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { tierTable } from '../lib/domain/tiers.ts'

const root = join(import.meta.dirname, '..')
const table = 'lib/domain/tiers.ts'

async function texts(...patterns: string[]): Promise<{ path: string; text: string }[]> {
  const exclude = (name: string) => /node_modules|\.svelte-kit|paraglide|(^|\/)build$/.test(name)
  const paths = await Array.fromAsync(glob(patterns, { cwd: root, exclude }))
  return Promise.all(paths.sort().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })))
}

const where = (found: readonly { path: string }[]) => found.map(({ path }) => path)

test('a limit of a tier is written in the table of tiers, and nowhere else', async () => {
  const terms = Object.keys({ ...tierTable.free, ...tierTable.free.limits }).filter((name) => name !== 'limits')
  assert.ok(terms.includes('sandboxHoursPerMonth') && terms.includes('monthlyMicros'))
  // A name of the table that is given a number, or an amount that is made of one.
  const given = new RegExp(`\\b(${terms.join('|')})['"]?\\s*[:=](?!=|>)\\s*(\\w+\\()?-?\\d`)
  const code = await texts('{lib,packages,gateway,sandbox,local}/**/*.ts', 'web/src/**/*.{ts,svelte}')
  assert.ok(code.length > 500, 'too few files were looked at')
  assert.deepEqual(where(code.filter(({ text }) => given.test(text))), [table])
})

test('no word of the site, and no setting, says a price or a limit: they are drawn from the table', async () => {
  const prices = Object.values(tierTable).flatMap(({ monthlyMicros }) => monthlyMicros && [monthlyMicros / 1_000_000])
  const said = new RegExp(`\\$(${prices.filter(Boolean).join('|')})\\b|\\b(${prices.filter(Boolean).join('|')}) ?\\$`)
  const words = await texts('web/messages/**/*.json', 'web/src/**/*.{ts,svelte}', 'project.yml', '.env.example')
  assert.ok(words.length > 50, 'too few files were looked at')
  assert.deepEqual(where(words.filter(({ text }) => said.test(text))), [])
})

test('the table says what is sold', () => {
  const rows = Object.entries(tierTable).map(([tier, { monthlyMicros, limits }]) => [
    ...[tier, monthlyMicros && monthlyMicros / 1_000_000, limits.sandboxesAtOnce, limits.sandboxHoursPerMonth],
    ...[limits.generationsPerMonth, limits.idleMinutes, limits.storageBytesPerProject, limits.repositories],
  ])
  const gigabyte = 2 ** 30
  assert.deepEqual(rows, [
    ['free', 0, 1, 10, 50, 15, gigabyte, 5],
    ['pro', 19, 3, 100, 1_000, 60, 10 * gigabyte, 25],
    ['team', 49, 10, 500, 5_000, 120, 50 * gigabyte, null],
    ['enterprise', null, null, null, null, 240, null, null],
  ])
})
