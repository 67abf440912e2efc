import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { startFunctions } from './index.ts'

// Serves the project of a folder, as `doctl serverless deploy <folder>` would deploy it, until it is interrupted.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '8080' }, bundles: { type: 'string' }, env: { type: 'string' } },
})
const folder = resolve(positionals[0] ?? '.')
const envFile = values.env ?? join(folder, '.env')
const fromFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}

const runner = await startFunctions({
  projectFile: join(folder, 'project.yml'),
  bundlesDir: values.bundles ?? join(folder, 'packages'),
  env: { ...fromFile, ...process.env },
  port: Number(values.port),
  onLog: (line) => console.log(`${line.function} ${line.stream}: ${line.text}`),
})
console.log(`Functions: ${runner.url}/api/<package>/<function>`)
console.log(`REST API:  ${runner.url}/api/v1/namespaces/_/actions, key ${runner.apiKey}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void runner.stop().then(() => process.exit(0)))
}
