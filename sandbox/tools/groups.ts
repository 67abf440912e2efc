import { spawn } from 'node:child_process'

const kept = 64 * 1024
const running = new Set<number>()

export interface Finished {
  code: number | null
  /** The last 64 KB of both outputs, in the order they came. */
  output: string
  late: boolean
}

/** Runs a shell command in a process group of its own, which ends with it, or at the deadline, whatever it started. */
export async function runGroup(
  command: string,
  options: { cwd: string; env: NodeJS.ProcessEnv; seconds: number },
): Promise<Finished> {
  const { cwd, env, seconds } = options
  const child = spawn('/bin/sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const group = child.pid
  if (group) running.add(group)
  let output = ''
  const keep = (text: string) => {
    output = (output + text).slice(-kept)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  let late = false
  const deadline = setTimeout(() => {
    late = true
    end(group)
  }, seconds * 1000)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      keep(error.message)
      resolve(null)
    })
    // Not `close`: what the command left in the background may hold its outputs open for ever.
    child.on('exit', (status) => setImmediate(resolve, status))
  })
  clearTimeout(deadline)
  end(group)
  if (group) running.delete(group)
  return { code, output, late }
}

/** Ends every group that still runs. */
export function endAll() {
  for (const group of running) end(group)
}

function end(group: number | undefined) {
  try {
    if (group) process.kill(-group, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
