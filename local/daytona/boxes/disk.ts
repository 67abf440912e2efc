import { execFile } from 'node:child_process'
import type { Box } from './box.ts'

type Disk = {
  readonly running: () => readonly Box[]
  readonly folderOf: (box: Box) => string
  readonly tooLarge: (box: Box, reason: string) => Promise<void>
  readonly everyMs: number
}

const GIBIBYTE = 1024 ** 3

/** Measures the files of each running sandbox now and then; one that outgrew its disk is handed to `tooLarge`. */
export function watchDisks({ running, folderOf, tooLarge, everyMs }: Disk): () => void {
  const stop = new AbortController()
  const round = async () => {
    for (const box of running()) {
      const bytes = await sizeOf(folderOf(box), stop.signal)
      if (bytes <= box.resources.disk * GIBIBYTE || box.state !== 'started') continue
      await tooLarge(box, `the sandbox's files outgrew its disk of ${box.resources.disk} GiB`).catch(() => undefined)
    }
    if (!stop.signal.aborted) timer = next()
  }
  const next = () => setTimeout(() => void round(), everyMs).unref()
  let timer = next()
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}

async function sizeOf(folder: string, signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    execFile('du', ['-sk', folder], { signal }, (_error, output) => resolve(Number.parseInt(output, 10) * 1024 || 0))
  })
}
