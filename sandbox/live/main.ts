import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLetters } from '../letters.ts'
import { place, stateFolder } from '../place.ts'
import { startGateway } from './gateway.ts'
import { takeEvents } from './intake.ts'
import { openRunLogs } from './run-log.ts'

/** The live gateway of a sandbox: one process, started by the first runner, that outlives every runner. */
async function main() {
  const folder = stateFolder()
  const runs = join(folder, 'runs')
  mkdirSync(runs, { recursive: true, mode: 0o700 })
  const logs = openRunLogs(runs)
  // The port is taken first: a second gateway ends here and leaves the socket of the first alone.
  const waiting: { doors?: Awaited<ReturnType<typeof takeEvents>>['doors'] } = {}
  const letters = openLetters(folder)
  await startGateway({ logs, doors: () => waiting.doors?.(), letters, host: place.host, port: place.ports.live })
  waiting.doors = (await takeEvents(folder, logs)).doors
}

main().catch((error: unknown) => {
  console.error(`live gateway: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
