import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { runGroup } from './groups.ts'
import type { Ran } from './wire.ts'

const Package = z.looseObject({ scripts: z._default(z.record(z.string(), z.string()), {}) })

/** Runs a script of the project's package.json as npm would, without the time npm takes to start. */
export async function runScript(project: string, name: string, seconds: number): Promise<Ran> {
  const started = performance.now()
  const script = readScripts(project)[name]
  if (script === undefined) return { ran: false, ok: true, output: '', ms: 0 }
  const { code, output, late } = await runGroup(script, { cwd: project, env: scriptEnvironment(project), seconds })
  const said = late ? `${output}\nStopped: "${script}" took longer than ${seconds} s.` : output
  return { ran: true, ok: code === 0 && !late, output: plain(said), ms: Math.round(performance.now() - started) }
}

/** The scripts of the project's package.json; none when it is missing or broken. */
export function readScripts(project: string): Record<string, string> {
  try {
    return Package.parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))).scripts
  } catch {
    return {}
  }
}

/** The host's environment with the project's own commands found first. */
export const scriptEnvironment = (project: string) => ({
  ...process.env,
  PATH: `${join(project, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
  NO_COLOR: '1',
})

/** Without the escape sequences that terminals take. */
export const plain = (text: string) => text.replaceAll(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').trim()
