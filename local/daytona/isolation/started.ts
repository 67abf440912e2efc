import type { ChildProcess } from 'node:child_process'
import type { Running } from './isolation.ts'

const READY_MS = 20_000

/** Waits for a started sandbox to say `ready` on its standard output; when it ends first, throws with its last words. */
export async function started(child: ChildProcess, stopped: () => Promise<void>): Promise<Running> {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)))
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(words.trim() || `the sandbox ended with ${signal ?? code}`))
  }).then(async (reason) => {
    await stopped()
    return reason
  })
  const running: Running = {
    ended,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
  const outcome = await Promise.race([ready(child), ended, late()])
  if (outcome === 'ready') return running
  await running.stop()
  throw new Error(`the sandbox did not start: ${outcome}`)
}

async function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.includes('ready') && resolve('ready'))
  })
}

async function late(): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('it took too long'), READY_MS).unref()
  })
}
