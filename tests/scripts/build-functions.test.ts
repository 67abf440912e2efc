import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { it } from 'node:test'
import type { TestContext } from 'node:test'
import { startFunctions } from '../../local/functions/index.ts'
import { buildFunctions } from '../../scripts/build-functions.ts'

const project = `
packages:
  - name: v1
    functions: [{ name: hello, web: raw }]
  - name: jobs
    functions: [{ name: sandbox, web: false, limits: { timeout: 10000 } }]
`
const files = {
  'project.yml': project,
  'lib/greet.ts': `export const greet = (name: string): string => 'hello ' + name`,
  // A dependency with a `main` of its own must not be taken for the function.
  'lib/trap.ts': `export function main(): object { return { body: 'wrong' } }`,
  'packages/v1/hello/index.ts': `
    import { greet } from '../../../lib/greet.ts'
    import { main as trap } from '../../../lib/trap.ts'
    export const main = async (event: { http: { path: string } }) =>
      event.http.path === '/trap' ? trap() : { body: greet(event.http.path) }`,
  'packages/jobs/sandbox/index.ts': `
    export async function main() {
      const { Daytona } = await import('@daytonaio/sdk')
      const daytona = new Daytona({ apiKey: 'k', apiUrl: 'http://127.0.0.1:9', useDeprecatedPolling: true })
      return { kind: typeof daytona.create }
    }`,
}

function openProject(context: TestContext): { root: string; write(path: string, text: string): void } {
  const root = mkdtempSync(join(tmpdir(), 'build-functions-'))
  context.after(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'))
  return { root, write }
}

it('builds one file a function that runs as it is, the Daytona SDK included', async (context) => {
  const { root } = openProject(context)
  const reports = await buildFunctions({ root })
  const bundlesDir = join(root, 'build/functions')
  const runner = await startFunctions({ projectFile: join(root, 'project.yml'), bundlesDir, env: {}, port: 0 })
  context.after(runner.stop)
  assert.equal(await (await fetch(`${runner.url}/api/v1/hello/you`)).text(), 'hello /you')
  assert.deepEqual((await runner.invoke('jobs/sandbox')).response.result, { kind: 'function' })
  assert.deepEqual(
    reports.map(({ address }) => address),
    ['v1/hello', 'jobs/sandbox'],
  )
  for (const { address, bytes, biggest } of reports) {
    assert.equal(bytes, statSync(join(bundlesDir, address, 'index.js')).size)
    assert.ok(biggest.length > 0)
  }
  assert.ok((reports[0]?.bytes ?? Infinity) < 1_500)
  assert.ok((reports[1]?.bytes ?? Infinity) < 1_200 * 1024)
  assert.deepEqual(JSON.parse(readFileSync(join(bundlesDir, 'meta.json'), 'utf8')), reports)
})

it('lays out project.yml and exactly one file a function for the deployment', async (context) => {
  const { root } = openProject(context)
  await buildFunctions({ root })
  const laidOut = readdirSync(join(root, 'build/deploy'), { recursive: true, withFileTypes: true })
  const paths = laidOut
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  assert.deepEqual(paths.sort(), [
    '/build/deploy/packages/jobs/sandbox/index.js',
    '/build/deploy/packages/v1/hello/index.js',
    '/build/deploy/project.yml',
  ])
})

it('builds only what is asked for, and leaves a bundle alone that came out the same', async (context) => {
  const { root, write } = openProject(context)
  await buildFunctions({ root, only: ['v1/hello'] })
  const bundle = join(root, 'build/functions/v1/hello/index.js')
  assert.deepEqual(readdirSync(join(root, 'build/functions')), ['v1'])
  const first = statSync(bundle).mtimeMs
  await buildFunctions({ root, only: ['v1/hello'] })
  assert.equal(statSync(bundle).mtimeMs, first)
  write('lib/greet.ts', `export const greet = (name: string): string => 'good day ' + name`)
  await buildFunctions({ root, only: ['v1/hello'] })
  assert.match(readFileSync(bundle, 'utf8'), /good day/)
})

it('refuses a folder that project.yml does not declare, and a declaration without code', async (context) => {
  const { root, write } = openProject(context)
  write('packages/v1/secret/index.ts', 'export const main = () => ({})')
  await assert.rejects(buildFunctions({ root }), { message: 'project.yml does not declare: v1/secret' })
  rmSync(join(root, 'packages/v1/secret'), { recursive: true })
  rmSync(join(root, 'packages/v1/hello/index.ts'))
  await assert.rejects(buildFunctions({ root }), { message: 'packages/ has no index.ts for: v1/hello' })
})
