import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { install, isInstalled } from '../engines/agent-sdk/install.ts'
import { licence, packageName, version } from '../engines/agent-sdk/version.ts'
import { openDataDir } from '../local/stack/data-dir.ts'

/** `npm run engine -- install [--accept-licence]` and `npm run engine -- test`: the second engine, for those who want it. */
const [task, ...flags] = process.argv.slice(2)
const dataDir = openDataDir()

if (task === 'install') {
  if (!flags.includes('--accept-licence')) stop(licence)
  console.log(`Installing ${packageName} ${version} (about 430 MB, a few minutes).`)
  console.log(`Installed in ${await install(dataDir)}.`)
} else if (task === 'test') {
  if (!isInstalled(dataDir)) stop('It is not installed: npm run engine -- install')
  const flags = ['--test', '--test-global-setup=tests/setup.ts', 'tests/engines/agent-sdk.test.ts']
  const { status } = spawnSync(process.execPath, flags, { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' })
  process.exit(status ?? 1)
} else stop('npm run engine -- install | test')

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
