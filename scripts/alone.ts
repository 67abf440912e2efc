import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const patience = 5 * 60_000

/** Does `work` while no other process of this machine does work under the same folder name; waits its turn, and outlives the dead. */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patience
  while (!(await claim(folder))) {
    if (Date.now() > deadline)
      throw new Error(`Another process has held ${folder} for five minutes. End it, or delete that folder.`)
    await sleep(100)
  }
  try {
    return await work()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function claim(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    await writeFile(join(folder, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    if (!(await isHeld(folder))) await rm(folder, { recursive: true, force: true })
    return false
  }
}

async function isHeld(folder: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => process.pid))
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
