import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { parsed } from '../parsed.ts'
import { openReviver } from './reviver.ts'
import { Doors, eachLine, RunnerLine, socketName } from './wire.ts'
import { ifThereIsRoom } from './room-left.ts'
import type { RunLogs } from './run-log.ts'

/**
 * Takes events from the runner over a socket in the private folder, which only the runner's own user can open.
 * What the runner said about tickets is kept beside it, so that a restarted gateway serves without a runner.
 */
export async function takeEvents(folder: string, logs: RunLogs) {
  const file = join(folder, 'live.json')
  const reviver = openReviver(folder)
  // A gateway that was killed while it wrote left half of it: the next runner says it again.
  let doors = existsSync(file) ? Doors.safeParse(parsed(readFileSync(file, 'utf8'))).data : undefined

  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    eachLine(socket, (line) => take(line, socket))
  })
  rmSync(join(folder, socketName), { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(join(folder, socketName), resolve)
  })
  return { doors: () => doors, close: () => server.close() }

  function take(line: string, socket: Socket) {
    const said = RunnerLine.safeParse(parsed(line))
    if (!said.success) return void socket.destroy()
    if ('doors' in said.data) {
      doors = said.data.doors
      const { revival } = said.data
      if (revival) socket.once('close', reviver.watch(revival))
      ifThereIsRoom(() => writeFileSync(file, JSON.stringify(doors), { mode: 0o600 }))
    } else {
      logs.add(said.data.run, said.data.events)
    }
    const { run } = said.data
    if (run) socket.write(`${JSON.stringify({ upTo: logs.lastOf(run) })}\n`)
  }
}
