import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { listFunctions } from '../scripts/function-folders.ts'
import { forbidden } from './house/imports.ts'

const root = join(import.meta.dirname, '..')
const rooms = ['lib', 'packages', 'gateway', 'engines', 'sandbox', 'local', 'scripts']

async function sources(...patterns: string[]): Promise<{ path: string; text: string }[]> {
  const paths = await Array.fromAsync(
    glob(patterns, { cwd: root, exclude: (name) => /node_modules|\.svelte-kit/.test(name) }),
  )
  return Promise.all(paths.sort().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })))
}

const code = await sources(...rooms.map((room) => `${room}/**/*.ts`))

test('every import is one that its room may make', async () => {
  const { output } = await cruise(rooms, {
    baseDir: root,
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^local/model/.*/files/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  })
  const { summary, modules } = output as ICruiseResult
  assert.ok(modules.length > 200, 'too few files were looked at')
  assert.deepEqual(
    summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    [],
  )
})

test('the site imports the contract alone of lib', async () => {
  const site = await sources('web/src/**/*.{ts,svelte}')
  assert.ok(site.length > 10)
  const outside = site.flatMap(({ path, text }) =>
    [...text.matchAll(/from '(\.[^']+)'/g)]
      .map(([, to = '']) => join(path, '..', to))
      .filter((to) => !to.startsWith('web/') && !to.startsWith('lib/contract/'))
      .map((to) => `${path} → ${to}`),
  )
  assert.deepEqual(outside, [])
})

test('the environment is read in one place of what is deployed', () => {
  const readers = code.filter(({ path, text }) => /^(lib|packages)\//.test(path) && text.includes('process.env'))
  assert.deepEqual(
    readers.map(({ path }) => path),
    ['lib/config.ts'],
  )
})

test('errors are caught at the edges only', () => {
  const catchers = code.filter(
    ({ path, text }) => /^(lib\/(contract|domain|ports)|packages\/v1)\//.test(path) && /\btry \{/.test(text),
  )
  assert.deepEqual(
    catchers.map(({ path }) => path),
    [],
  )
})

test('SQL is never put together from text but by migrations', () => {
  const unsafe = code.filter(({ path, text }) => /^(lib|packages)\//.test(path) && /\.unsafe\(/.test(text))
  assert.deepEqual(
    unsafe.map(({ path }) => path),
    [],
  )
})

test('the functions of project.yml are the folders of packages, and three of them are scheduled at most', async () => {
  const declared = await listFunctions(root)
  const folders = await Array.fromAsync(glob('packages/*/*/index.ts', { cwd: root }))
  assert.deepEqual(folders.map((path) => path.split('/').slice(1, 3).join('/')).sort(), declared.toSorted())
  const { text = '' } = (await sources('project.yml'))[0] ?? {}
  assert.equal(text.match(/type: SCHEDULED/g)?.length, 3)
  assert.equal(text.match(/web: (raw|false)/g)?.length, declared.length)
  assert.equal(text.match(/limits: \{ timeout: \d+, memory: \d+ \}/g)?.length, declared.length)
})

test('whoever deploys is told of every setting that a function is given', async () => {
  const [{ text: functions = '' } = {}] = await sources('project.yml')
  const [{ text: told = '' } = {}] = await sources('.env.example')
  const given = [...functions.matchAll(/\$\(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(' '))
  assert.ok(given.length > 0 && told !== '')
  assert.deepEqual(
    given.filter((name) => !new RegExp(`^#? ?${name}=`, 'm').test(told)),
    [],
  )
})

test('no file is named after nothing', () => {
  const nothing =
    /^((utils?|helpers?|common|service|data|info|misc|base|impl|index-\w+)$|(handle|process)-|.*-(utils?|helpers?|manager|service|impl)$)/
  const named = code.filter(({ path }) => nothing.test(basename(path, '.ts')))
  assert.deepEqual(
    named.map(({ path }) => path),
    [],
  )
})

test('files are named in small letters and hyphens', () => {
  const odd = code.filter(
    ({ path }) => !/^[a-z0-9-]+(\.[a-z]+)*\.ts$/.test(basename(path)) && !path.includes('/files/'),
  )
  assert.deepEqual(
    odd.map(({ path }) => path),
    [],
  )
})

test('there is no default export, no any, no enum and nothing left to do', () => {
  const marks = /^export default|: any\b|\bas any\b|^(export )?(const )?enum |\bTODO\b|\bFIXME\b|@ts-ignore/m
  const marked = code.filter(({ path, text }) => marks.test(text) && !path.includes('/files/'))
  assert.deepEqual(
    marked.map(({ path }) => path),
    [],
  )
})

test('what a room says of itself fits on a screen', async () => {
  const pages = await sources('*/README.md', `{${rooms.join()},tests}/**/README.md`, 'web/src/**/README.md')
  assert.ok(pages.length > 15, 'too few rooms were looked at')
  const long = pages.filter(({ text }) => text.trimEnd().split('\n').length > 40)
  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  )
})
