import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import type { Identity } from './identity.ts'

/** Removes a folder of a sandbox. What belongs to a mapped user id only a process with the same mapping may remove. */
export async function wipe(folder: string, identity: Identity): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch (thrown) {
    if (identity.descriptors.length === 0) throw thrown
    await wipeAsMapped(folder, identity)
    await rm(folder, { recursive: true, force: true })
  }
}

async function wipeAsMapped(folder: string, identity: Identity): Promise<void> {
  const view = [
    '--ro-bind',
    '/',
    '/',
    '--bind',
    folder,
    folder,
    '--cap-add',
    'CAP_DAC_OVERRIDE',
    '--cap-add',
    'CAP_FOWNER',
  ]
  const command = ['--', 'find', folder, '-mindepth', '1', '-delete']
  const child = spawn('bwrap', [...identity.arguments, ...view, ...command], {
    stdio: ['ignore', 'ignore', 'ignore', 'ignore', ...identity.descriptors],
  })
  identity.attend(child)
  await once(child, 'close')
}
