import { eventShapes, type Event, type EventOf, type EventType, type Progress } from '../../lib/contract/event.ts'

type Tellers = { [T in EventType]?: (data: EventOf<T>) => string | undefined }

/** What the terminal says of an event: verb, object, result, time; undefined for what only a screen shows. */
export function lineOf(event: Event): string | undefined {
  if (!isTold(event.type)) return undefined
  const data = eventShapes[event.type].safeParse(event.data)
  const teller = tellers[event.type] as ((data: unknown) => string | undefined) | undefined
  return data.success ? teller?.(data.data) : undefined
}

const tellers: Tellers = {
  'project:generation:progress': ({ progress }) => progressLine(progress),
  'file:changed': ({ path, change, added, removed }) =>
    row(change === 'added' ? 'wrote' : change === 'removed' ? 'removed' : 'edited', path, `+${added} −${removed}`),
  'check:result': ({ check, ok, ms }) => row(ok ? 'checked' : 'failed', check, seconds(ms)),
  'preview:ready': ({ url }) => row('preview', url, ''),
  'sandbox:status': ({ state, problem }) => row('sandbox', problem ? `${state}: ${problem}` : state, ''),
}

const isTold = (type: string): type is EventType => type in tellers

function progressLine(progress: Progress): string | undefined {
  switch (progress.kind) {
    case 'phase':
      return phases[progress.phase]
    case 'tool_ended':
      return progress.tool === 'bash' || !progress.ok
        ? row(progress.ok ? 'ran' : 'failed', progress.target, seconds(progress.ms))
        : undefined
    case 'resumed':
      return `resumed (attempt ${progress.attempt})`
    default:
      return undefined
  }
}

const phases = {
  preparing: undefined,
  thinking: undefined,
  checking: 'checking what was built',
  repairing: 'mending what the checks found',
  saving: 'saving a version',
} as const

function row(verb: string, object: string, result: string): string {
  return `${verb.padEnd(9)}${object.padEnd(36)} ${result}`.trimEnd()
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
