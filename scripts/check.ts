import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { writeMessages } from './write-messages.ts'

const root = join(import.meta.dirname, '..')

/** `npm run check`: types, lint, format, house, unused. Prints what fails; all run, so one look shows everything. */
const checks: Record<string, string[]> = {
  types: ['typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types of the site': [
    'svelte-check/bin/svelte-check',
    '--workspace',
    'web',
    '--threshold',
    'warning',
    '--output',
    'human',
  ],
  lint: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  unused: ['knip/bin/knip.js'],
}

await writeMessages()
const failed: string[] = []
for (const [name, [program = '', ...args]] of Object.entries(checks)) {
  if ((await run([join(root, 'node_modules', program), ...args])) !== 0) failed.push(name)
}
if ((await run(['--test', 'tests/house.test.ts'])) !== 0) failed.push('house')
console.log(
  failed.length === 0
    ? 'Types, lint, format, unused code and the house rules are in order.'
    : `Not in order: ${failed.join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function run(args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
