import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { maySpeak, wordsOf } from '../../scripts/unused-stores.ts'

const root = join(import.meta.dirname, '../..')
const stores = [...textOf('lib/store/stores.ts').matchAll(/^ {4}(\w+): \w+Store\(/gm)].map(([, name = '']) => name)
const speakers = globSync(['lib/**/*.ts', 'packages/**/*.ts'], { cwd: root }).filter(maySpeak)

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function* nodesOf(path: string): Generator<ts.Node> {
  const waiting: ts.Node[] = [ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest)]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    ts.forEachChild(node, (child) => void waiting.push(child))
  }
}

test('no store is taken out of a function that calls it by its name', () => {
  assert.ok(stores.length > 40 && speakers.length > 200, `${stores.length} stores, ${speakers.length} files`)
  const missed = speakers.flatMap((path) => {
    const words = new Set(wordsOf(textOf(path)))
    const called = [...nodesOf(path)].filter((node) => ts.isIdentifier(node) || ts.isStringLiteralLike(node))
    const names = called.map(({ text }) => text).filter((text) => stores.includes(text) && !words.has(text))
    return names.map((name) => `${path}: ${name}`)
  })
  assert.deepEqual(missed, [])
})

test('a name is found wherever it stands in code, and nothing is in a comment', () => {
  const code = [
    'a.caps',
    '-b.flags',
    '`${runs}`',
    "c['jobs']",
    '/* why */ d.events',
    '{ quotes, ...rest }',
    'x // images',
  ]
  const found = wordsOf(code.join('\n'))
  for (const name of ['caps', 'flags', 'runs', 'jobs', 'events', 'quotes']) assert.ok(found.includes(name), name)
  assert.deepEqual(wordsOf('// caps\n/** flags */\n/*\n * runs\n */'), [])
})

test('a store is had by its name alone: nobody reckons which', () => {
  const tables = /(^|\.)(\w*stores|desk)$/i
  const reckoned = speakers.flatMap((path) =>
    [...nodesOf(path)].flatMap((node) => {
      const isReckoned =
        ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression)
          ? tables.test(textWithin(path, node.expression))
          : ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.KeyOfKeyword
            ? /(stores|desk)$/i.test(textWithin(path, node.type))
            : false
      return isReckoned ? [`${path}: ${textWithin(path, node)}`] : []
    }),
  )
  assert.deepEqual(reckoned, [])
})

const textWithin = (path: string, { pos, end }: ts.Node) => textOf(path).slice(pos, end).trim()

test('of those that are taken for strangers none reads the table of stores', () => {
  const strangers = globSync('lib/{store,contract,domain}/**/*.ts', { cwd: root }).filter((path) => !maySpeak(path))
  const readers = strangers.filter((path) => /^import (?!type ).*\/stores\.ts'$/m.test(textOf(path)))
  assert.deepEqual(readers, [])
})
