import { readFile } from 'node:fs/promises'

const everyMs = 100
const pageBytes = 4096

/**
 * Calls `exceeded` once when the private memory of a process grows beyond `bytes`; returns what ends the watch.
 * The heap has its own limit: this one sees buffers. Linux only, elsewhere the heap limit alone holds.
 */
export function watchMemory(pid: number, bytes: number, exceeded: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined
  const timer = setInterval(() => {
    void privateBytes(pid).then((used) => {
      if (used <= bytes) return
      clearInterval(timer)
      exceeded()
    })
  }, everyMs)
  return () => clearInterval(timer)
}

async function privateBytes(pid: number): Promise<number> {
  const [, resident, shared] = (await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')).split(' ').map(Number)
  return ((resident ?? 0) - (shared ?? 0)) * pageBytes
}
