import { existsSync, readFileSync } from 'node:fs'
import { Event } from '../../../lib/contract/event.ts'
import type { GenerationId } from '../../../lib/contract/ids.ts'
import { eventsFile } from '../../live/wire.ts'

/** What was shown of a run in this sandbox so far, oldest first. */
export function readEvents(folder: string, run: GenerationId): Event[] {
  const file = eventsFile(folder, run)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap(parse)
}

// The last line may be half written.
function parse(line: string): Event[] {
  try {
    const event = Event.safeParse(JSON.parse(line)).data
    return event ? [event] : []
  } catch {
    return []
  }
}
