import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { problems } from '../../lib/contract/problem.ts'
import { wordsIn } from './words-in-sources.ts'

const web = join(import.meta.dirname, '../../web')
const sources = globSync('src/**/*.{ts,svelte}', { cwd: web }).filter((path) => !path.includes('/paraglide/'))
const areas = globSync('messages/en/*.json', { cwd: web }).map((path) => basename(path, '.json'))

/** Folders of `web/src/lib` whose words are not messages yet. */
const toConvert = new Set<string>()

test('every area is compiled', () => {
  const { 'plugin.inlang.messageFormat': format } = JSON.parse(
    readFileSync(join(web, 'project.inlang/settings.json'), 'utf8'),
  ) as { 'plugin.inlang.messageFormat': { pathPattern: string[] } }
  assert.deepEqual(
    format.pathPattern,
    areas.toSorted().map((area) => `./messages/{locale}/${area}.json`),
  )
})

type Messages = Record<string, unknown>
const read = (language: string, area: string): Messages =>
  JSON.parse(readFileSync(join(web, 'messages', language, `${area}.json`), 'utf8')) as Messages

for (const area of areas) {
  test(`every message of ${area} is there in both languages, with the same placeholders`, () => {
    const [english, german] = [read('en', area), read('de', area)]
    assert.deepEqual(Object.keys(german).toSorted(), Object.keys(english).toSorted())
    for (const key of Object.keys(english)) {
      assert.ok(key.startsWith(`${area.replaceAll('-', '_')}_`), `${key} begins with its area`)
      assert.deepEqual(placeholders(german[key]), placeholders(english[key]), key)
      assert.doesNotMatch(JSON.stringify([english[key], german[key]]), /!"|""/, `${key} is calm, and says something`)
      const [one, other] = [english[key], german[key]].map((message) => JSON.stringify(message))
      assert.ok(one !== other || wordCount(one) < 4, `${key} is translated`)
    }
  })
}

function placeholders(message: unknown): string[] {
  return [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].toSorted()
}

const wordCount = (text = '') => text.match(/\p{L}{2,}/gu)?.length ?? 0

test('every message is said somewhere, and none is said that is not there', () => {
  const said = new Set(
    sources.flatMap((path) => [...readSource(path).matchAll(/\bm\.([a-z]\w*)/g)].map(([, key]) => key)),
  )
  const there = areas.flatMap((area) => Object.keys(read('en', area)))
  assert.deepEqual(
    there.filter((key) => !said.has(key)),
    [],
  )
})

const readSource = (path: string) => readFileSync(join(web, path), 'utf8')

test('the site says no word that is not a message', () => {
  // What only those see who build the site is shown in samples.
  const literal = sources
    .filter((path) => !path.startsWith('src/lib/gallery/'))
    .filter((path) => !toConvert.has(folderOf(path)) && path.startsWith('src/'))
    .flatMap((path) => wordsIn(join(web, path)).map(({ line, text }) => `${path}:${line} ${text}`))
  assert.deepEqual(literal, [])
})

const folderOf = (path: string) =>
  (path.startsWith('src/lib/') ? (path.split('/')[3] ? path.split('/')[2] : '.') : '') ?? ''

test('styles name sides by the direction of reading, so that a page can be read from right to left', () => {
  const styles = [...sources.filter((path) => path.endsWith('.svelte')), ...globSync('src/**/*.css', { cwd: web })]
  const found = styles.flatMap((path) =>
    declarationsIn(readSource(path), path)
      .filter(([property, value]) => isPhysical(property, value))
      .map(([property, value]) => `${path}: ${property}: ${value}`),
  )
  assert.deepEqual(found, [])
})

function declarationsIn(source: string, path: string): [property: string, value: string][] {
  const css = path.endsWith('.css') ? source : (/<style[^>]*>([^]*)<\/style>/.exec(source)?.[1] ?? '')
  const plain = css.replaceAll(/\/\*[^]*?\*\//g, '')
  return [...plain.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, property = '', value = '']) => [
    property,
    value.trim(),
  ])
}

function isPhysical(property: string, value: string): boolean {
  if (/(?:^|-)(?:left|right)(?:-|$)/.test(property)) return true
  if (/(?:^|[\s-])(?:left|right)(?:$|\s)/.test(value) && !property.startsWith('grid')) return true
  if (!/^(?:margin|padding|inset|border-(?:width|color|style)|scroll-(?:margin|padding))$/.test(property)) return false
  const sides = value.match(/(?:[\w-]+)?\((?:[^()]|\([^()]*\))*\)|\S+/g) ?? []
  return sides.length === 4 && sides[1] !== sides[3]
}

test('what the API refuses with is said in English as the API says it', () => {
  const said = read('en', 'problems')
  for (const [code, [, title]] of Object.entries(problems)) assert.equal(said[`problems_${code}`], title)
})
