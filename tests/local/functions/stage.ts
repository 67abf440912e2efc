import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFunctions } from '../../../local/functions/index.ts'
import type { FunctionsOptions, FunctionsRunner } from '../../../local/functions/index.ts'

export type Stage = FunctionsRunner & {
  folder: string
  /** Calls `/api<path>` over HTTP. */
  call(path: string, init?: RequestInit): Promise<Response>
  /** Calls `/api/v1/namespaces/_<path>` with the namespace's key. */
  rest(path: string, init?: RequestInit): Promise<Response>
}

/** Starts a runner for a project.yml and some functions, given as code by `package/name`; ends with the test. */
export async function openStage(
  context: Pick<TestContext, 'after'>,
  scene: { project: string; code: Record<string, string>; options?: Partial<FunctionsOptions> },
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'functions-test-'))
  writeFileSync(join(folder, 'project.yml'), scene.project)
  for (const [address, code] of Object.entries(scene.code)) writeCode(folder, address, code)
  const settings = { projectFile: join(folder, 'project.yml'), bundlesDir: join(folder, 'packages'), env: {}, port: 0 }
  const runner = await startFunctions({ ...settings, schedules: false, ...scene.options })
  context.after(async () => {
    await runner.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const authorization = `Basic ${Buffer.from(runner.apiKey).toString('base64')}`
  return {
    ...runner,
    folder,
    call: (path, init) => fetch(`${runner.url}/api${path}`, init),
    rest: (path, init) => fetch(`${runner.url}/api/v1/namespaces/_${path}`, { headers: { authorization }, ...init }),
  }
}

export function writeCode(folder: string, address: string, code: string): void {
  const file = join(folder, 'packages', address, 'index.js')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
}

/** Asks until the answer is given, at most a minute. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await sleep(20)
  }
  throw new Error(`Waited a minute in vain for ${what}`)
}

/** Whether a process exists, frozen ones too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
