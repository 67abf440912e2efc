import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { parseCron } from '../../../local/functions/cron.ts'
import { readProjectFile } from '../../../local/functions/project-file.ts'
import type { Project } from '../../../local/functions/project-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'project-file-'))
after(() => rmSync(folder, { recursive: true }))

function read(text: string, variables: Record<string, string> = {}): Project {
  const path = join(folder, 'project.yml')
  writeFileSync(path, text)
  return readProjectFile(path, variables)
}

const withFunction = (settings: string) => `packages: [{ name: v1, functions: [{ name: a, ${settings} }] }]`

it('fills placeholders: plain, with newlines kept, from a file, and as an object', () => {
  writeFileSync(join(folder, 'note.txt'), 'a "b"\n')
  const text = withFunction(
    'parameters: { plain: "${PLAIN}", lines: "${LINES}", note: ${<note.txt} }, environment: $(PLAIN LINES)',
  )
  const [spec] = read(text, { PLAIN: 'x', LINES: 'one\ntwo' }).functions
  assert.deepEqual(spec?.parameters, { plain: 'x', lines: 'one\ntwo', note: 'a "b"\n' })
  assert.deepEqual(spec.environment, { PLAIN: 'x', LINES: 'one\ntwo' })
})

it('names every placeholder that has no value or an empty one', () => {
  const text = withFunction('parameters: { a: "${MISSING}", b: "${EMPTY}" }, environment: $(GONE GIVEN)')
  const message = 'The following substitutions could not be resolved: MISSING, EMPTY, GONE'
  assert.throws(() => read(text, { EMPTY: '', GIVEN: 'g' }), { message })
})

it('keeps the values of variables out of its errors', () => {
  const broken = () => read(withFunction('parameters: { a: "${SECRET}" }'), { SECRET: 'top" secret' })
  assert.throws(broken, (error: Error) => !error.message.includes('secret'))
})

it('takes the settings of the platform where none are given, and is public by default', () => {
  const [spec] = read(withFunction('runtime: "nodejs:24"')).functions
  assert.deepEqual(
    [spec?.web, spec?.timeoutMs, spec?.memoryMb, spec?.logsKb, spec?.main],
    [true, 3000, 256, 256, 'main'],
  )
})

it('lets the nearer of project, package and function decide', () => {
  const [spec] = read(`
parameters: { a: project, b: project, c: project }
packages:
  - name: v1
    web: raw
    parameters: { b: package, c: package }
    functions: [{ name: a, parameters: { c: function } }]
`).functions
  assert.deepEqual(spec?.parameters, { a: 'project', b: 'package', c: 'function' })
  assert.equal(spec.web, 'raw')
})

for (const [what, text] of [
  ['an unknown key', withFunction('colour: red')],
  ['a limit that does not exist', withFunction('limits: { concurrency: 2 }')],
  ['too much time', withFunction('limits: { timeout: 900001 }')],
  ['a number in the environment', withFunction('environment: { A: 1 }')],
  ['web: yes in words', withFunction('web: "yes"')],
  ['webSecure: true', withFunction('webSecure: true')],
  ['an annotation that has a key of its own', withFunction('annotations: { raw-http: true }')],
  ['a tab', 'packages:\n\t- name: v1'],
  ['one function twice', 'packages: [{ name: v1, functions: [{ name: a }, { name: a }] }]'],
  ['a trigger with a bad cron', withFunction('triggers: [{ name: t, scheduledDetails: { cron: "61 * * * *" } }]')],
] as const) {
  it(`refuses ${what}`, () => {
    assert.throws(() => read(text))
  })
}

it('refuses a fourth scheduled trigger', () => {
  const trigger = (name: string) => `{ name: ${name}, type: SCHEDULED, scheduledDetails: { cron: "* * * * *" } }`
  const triggers = (names: string[]) => withFunction(`triggers: [${names.map(trigger).join(', ')}]`)
  assert.equal(read(triggers(['a', 'b', 'c'])).triggers.length, 3)
  assert.throws(() => read(triggers(['a', 'b', 'c', 'd'])), /a namespace may have 3 at most/)
})

for (const [expression, instant, due] of [
  ['* * * * *', '2026-11-22T11:08:00Z', true],
  ['8 11 * * *', '2026-11-22T11:08:59Z', true],
  ['8 11 * * *', '2026-11-22T12:08:00Z', false],
  ['*/5 * * * *', '2026-11-22T11:10:00Z', true],
  ['*/5 * * * *', '2026-11-22T11:11:00Z', false],
  ['0 9-17 * * 1-5', '2026-11-23T17:00:00Z', true],
  ['0 9-17 * * 1-5', '2026-11-22T17:00:00Z', false],
  ['0 0 * * 7', '2026-11-22T00:00:00Z', true],
  ['0 0 1 * 0', '2026-11-22T00:00:00Z', true],
  ['0 0 1 * 0', '2026-12-01T00:00:00Z', true],
  ['0 0 1 * 0', '2026-12-02T00:00:00Z', false],
  ['15,45 0 29 2 *', '2028-02-29T00:45:00Z', true],
] as const) {
  it(`finds '${expression}' ${due ? 'due' : 'not due'} at ${instant}`, () => {
    assert.equal(parseCron(expression)(new Date(instant)), due)
  })
}

for (const expression of [
  '* * * *',
  '* * * * * *',
  '@daily',
  '60 * * * *',
  '5-1 * * * *',
  '*/0 * * * *',
  'a * * * *',
]) {
  it(`refuses the cron expression '${expression}'`, () => {
    assert.throws(() => parseCron(expression))
  })
}
