import { spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAll } from './build.ts'
import { buildShowcase } from './build-showcase.ts'

const root = join(import.meta.dirname, '..')

/** `npm test`: builds what is stale, then runs every test, or the files that are named. */
const named = process.argv.slice(2)
await buildAll()
await buildShowcase({ templatesDir: join(root, 'build') })
const files = named.length > 0 ? named : (await Array.fromAsync(glob('tests/**/*.test.ts', { cwd: root }))).sort()
// Whoever names a file may have made it long, as FAULT_RUNS does.
const minutes = named.length > 0 ? 60 : 5
const flags = [
  '--test',
  '--test-global-setup=tests/setup.ts',
  '--test-concurrency=2',
  `--test-timeout=${minutes * 60_000}`,
]
const child = spawn(process.execPath, [...flags, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test' },
})
child.on('exit', (code) => process.exit(code ?? 1))
