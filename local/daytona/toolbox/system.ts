import { statfsSync } from 'node:fs'
import { cpus, freemem, totalmem } from 'node:os'
import { textList, textMap } from '../http/fields.ts'
import type { Route } from '../http/router.ts'
import type { Environment } from './process/environment.ts'
import type { Settings } from './settings.ts'

/** What a client asks about the sandbox as a whole: folders, version, metrics, and variables for later commands. */
export function systemRoutes(settings: Settings, env: Environment): Route[] {
  return [
    { method: 'GET', path: '/work-dir', run: () => ({ status: 200, body: { dir: settings.workDir } }) },
    { method: 'GET', path: '/user-home-dir', run: () => ({ status: 200, body: { dir: settings.app.home } }) },
    { method: 'GET', path: '/project-dir', run: () => ({ status: 200, body: { dir: settings.workDir } }) },
    { method: 'GET', path: '/version', run: () => ({ status: 200, body: { version: '0.0.0-local' } }) },
    { method: 'GET', path: '/system/metrics', run: () => ({ status: 200, body: metrics(settings.app.home) }) },
    {
      method: 'POST',
      path: '/env',
      run: async (call) => {
        const fields = await call.fields()
        env.change(textMap(fields, 'set'), textList(fields, 'unset'))
        return { status: 200, body: {} }
      },
    },
  ]
}

function metrics(home: string) {
  const disk = statfsSync(home)
  const now = new Date()
  return {
    cpuCount: cpus().length,
    memTotal: totalmem(),
    memUsed: totalmem() - freemem(),
    diskTotal: disk.blocks * disk.bsize,
    diskFree: disk.bavail * disk.bsize,
    diskUsed: (disk.blocks - disk.bfree) * disk.bsize,
    timestamp: now.toISOString(),
    timestampUnix: Math.floor(now.getTime() / 1000),
  }
}
