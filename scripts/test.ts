import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { buildAll } from './build.ts'
import { buildShowcase } from './build-showcase.ts'

const root = join(import.meta.dirname, '..')
/** What fails in more files than these was not a busy machine. */
const mostAgain = 6

/** `npm test`: builds what is stale, then runs every test, or the files that are named. */
const named = process.argv.slice(2)
await buildAll()
await buildShowcase({ templatesDir: join(root, 'build') })
process.exit(named.length > 0 ? (await run(named)).code : await runAll())

/** What failed beside everything else is run once more, alone, and named whatever comes of it. */
async function runAll(): Promise<number> {
  const files = (await Array.fromAsync(glob('tests/**/*.test.ts', { cwd: root }))).sort()
  const { code, failed } = await run(files)
  if (code === 0 || failed.length === 0 || failed.length > mostAgain) return code
  console.log(`\nOnce more, alone: ${failed.join(', ')}\n`)
  const again = await run(failed)
  const unsteady = failed.filter((file) => !again.failed.includes(file))
  if (again.code === 0) console.log(`\nPassed when run alone, and to be mended: ${unsteady.join(', ')}`)
  return again.code
}

interface Outcome {
  code: number
  failed: string[]
}

async function run(files: readonly string[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'everjust-tests-'))
  const list = join(folder, 'failed')
  const child = spawn(process.execPath, [...flags(list), ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test' },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  const failed = (await readFile(list, 'utf8')).split('\n').filter(Boolean)
  await rm(folder, { recursive: true })
  return { code: code ?? 1, failed: failed.map((file) => relative(root, file)) }
}

function flags(list: string): string[] {
  // Whoever names a file may have made it long, as FAULT_RUNS does.
  const minutes = named.length > 0 ? 60 : 5
  return [
    '--test',
    '--test-global-setup=tests/setup.ts',
    '--test-concurrency=2',
    `--test-timeout=${minutes * 60_000}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${join(import.meta.dirname, 'failed-files.ts')}`, `--test-reporter-destination=${list}`],
  ]
}
