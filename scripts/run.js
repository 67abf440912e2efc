// The first step of every `npm run`: plain JavaScript for whatever Node ≥ 20 is at hand. It installs what the lockfile
// names when that is missing or outdated, then hands over to the task under the Node that npm installed (24).
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const stamp = join(root, 'node_modules/.everjust-lockfile')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) install()

const [task, ...args] = process.argv.slice(2)
const child = spawn(node24(), [join(root, 'scripts', `${task}.ts`), ...args], { cwd: root, stdio: 'inherit' })
// The child gets the terminal's signals itself; this process only waits for it to have tidied up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

function install() {
  console.log('Installing the dependencies that package-lock.json names (about a minute the first time).')
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(command, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error(
      'npm ci did not finish; what it says above is the reason. Nothing else was changed: mend that and start again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

function node24() {
  const installed = join(root, 'node_modules/.bin/node')
  if (existsSync(installed)) return installed
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(
    `EverJust runs on Node 24; npm has none for ${process.platform}-${process.arch}, and this is ${process.version}. Install Node 24 and start again.`,
  )
  process.exit(1)
}
