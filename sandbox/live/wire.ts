import { join } from 'node:path'
import * as z from 'zod/mini'
import { Event } from '../../lib/contract/event.ts'
import { GenerationId } from '../../lib/contract/ids.ts'

/** Who may follow: the public key that tickets are checked with, the audience they name, the sites that may ask. */
export const Doors = z.object({
  key: z.record(z.string(), z.unknown()),
  audience: z.string(),
  origins: z.array(z.string()),
})
export type Doors = z.infer<typeof Doors>

/** What it takes to start a runner again that was killed: the job it was given, and the variables it had. */
export const Revival = z.object({
  pid: z.int(),
  start: z.string(),
  job: z.unknown(),
  env: z.record(z.string(), z.string()),
})
export type Revival = z.infer<typeof Revival>

/** What a runner says to the gateway, one JSON text a line: first `doors`, then events of one run in order. */
export const RunnerLine = z.union([
  z.object({ doors: Doors, run: z.nullable(GenerationId), revival: z._default(z.nullable(Revival), null) }),
  z.object({ run: GenerationId, events: z.array(Event) }),
])

/** What the gateway answers: the last event of the run that it has. */
export const GatewayLine = z.object({ upTo: z.int() })

export const socketName = 'live.sock'

/** Where the events of a run are kept, below the private folder, one JSON text a line. */
export const eventsFile = (folder: string, run: GenerationId) => join(folder, 'runs', `${run}.jsonl`)

/** Calls `each` with every whole line that arrives on a stream of text. */
export function eachLine(stream: NodeJS.ReadableStream, each: (line: string) => void) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) each(line)
  })
}
