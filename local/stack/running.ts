import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'

const Running = z.object({ pid: z.int(), url: z.string(), control: z.string(), secret: z.string() })
/** A stack that runs on a data folder: its process, its public address, and where its own commands reach it. */
export type Running = z.infer<typeof Running>

const fileOf = (dataDir: string) => join(dataDir, 'running.json')

/** The stack that runs on this data folder now; undefined when none does, whatever an earlier one left behind. */
export async function findRunning(dataDir: string): Promise<Running | undefined> {
  const found = await readJson(fileOf(dataDir), Running)
  if (!found || !isAlive(found.pid)) return undefined
  const answers = await fetch(`${found.control}/alive`, {
    headers: { authorization: `Bearer ${found.secret}` },
    signal: AbortSignal.timeout(2_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  )
  return answers ? found : undefined
}

export async function announce(dataDir: string, running: Running): Promise<void> {
  await writeJson(fileOf(dataDir), running)
}

export function withdraw(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
