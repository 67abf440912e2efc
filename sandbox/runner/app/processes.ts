import { readFileSync } from 'node:fs'

/** A process by its number and the time it was started: numbers are used again, pairs are not. */
export interface ProcessMark {
  pid: number
  start: string
}

/** When a process was started, in ticks of the system; undefined when there is none, or it only waits to be buried. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

export const isAlive = (mark: ProcessMark | undefined) => mark !== undefined && startOf(mark.pid) === mark.start
