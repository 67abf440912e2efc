import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { SETTINGS_VARIABLE, type Account, type Settings } from '../toolbox/settings.ts'
import type { Isolation, Launch } from './isolation.ts'
import { started } from './started.ts'

const BANNER = [
  '******************************************************************************',
  '*  NO ISOLATION: generated code runs as an ordinary program of yours.        *',
  '*  It can read your files and reach your network. EVERJUST_UNSAFE_SANDBOX=1. *',
  '******************************************************************************',
].join('\n')

/** No isolation at all: an ordinary program in a folder. For machines where nothing else works, and only when asked for. */
export function plain(toolbox: string): Isolation {
  return {
    name: 'plain',
    says: `none\n${BANNER}`,
    wipe: (folder) => rm(folder, { recursive: true, force: true }),
    async launch(launch) {
      const settings = settingsFor(launch)
      const child = spawn(process.execPath, [toolbox], {
        cwd: settings.workDir,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
          ...launch.snapshot.env,
          ...launch.env,
          DAYTONA_SANDBOX_ID: launch.id,
          [SETTINGS_VARIABLE]: JSON.stringify(settings),
        },
      })
      return started(child, async () => undefined)
    },
  }
}

function settingsFor({ box, run }: Launch): Settings {
  const folder = (parent: string, name: string) => {
    mkdirSync(join(parent, name), { recursive: true, mode: 0o700 })
    return join(parent, name)
  }
  const { username: name, uid, gid } = userInfo()
  const account: Account = { name, uid, gid, home: folder(box, 'home') }
  const inside = folder(run, 'inside')
  return {
    socket: join(inside, 'toolbox.sock'),
    egressSocket: join(inside, 'egress.sock'),
    workDir: account.home,
    logDir: join(folder(box, 'root'), '.sessions'),
    user: account,
    app: account,
    areas: [account.home],
    reachesAll: false,
  }
}
