import * as z from 'zod/mini'
import { runMayWrite, type Event, type EventOf, type EventType, type Progress } from '../../../lib/contract/event.ts'
import type { Context } from '../../../lib/contract/generation.ts'
import type { GenerationId } from '../../../lib/contract/ids.ts'
import type { Cost } from '../../../lib/contract/money.ts'
import { projectPaths } from '../../../lib/contract/project-paths.ts'
import { firstEventOf, RunAcknowledged, type RunEnd, type RunJob } from '../../../lib/contract/run.ts'
import { windowOf } from '../../../lib/domain/catalogue.ts'
import { Refused, type ControlPlane } from '../control-plane.ts'
import { openEventQueue } from './event-queue.ts'
import type { LiveLink } from './live-link.ts'

const every = 2_000
const heartbeat = 10_000
const endPatience = 60_000
const mostRepeated = 200
const mostLost = 1_000

interface Options {
  projectId: RunJob['projectId']
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
  live: LiveLink
  /** What a runner that was killed had said in this attempt: it may not have reported the last of it. */
  earlier: readonly Event[]
  /** The run was cancelled; nothing more is wanted of it. */
  onOver: () => void
}

type Writable = (typeof runMayWrite)[number]
const writable: ReadonlySet<string> = new Set(runMayWrite)

/** Tells what happens in a run: at once to the live gateway, in batches to the control plane. */
export function openReporter({ projectId, generation: { id, attempt }, plane, live, earlier, onOver }: Options) {
  const mine = earlier.filter(({ run }) => (run?.n ?? 0) >= firstEventOf(attempt))
  const [queue, screen] = [openEventQueue(repeatable(mine)), openScreen({ id, attempt, live, said: mine })]
  let [last, sending]: [number, Promise<void> | undefined] = [Date.now(), undefined]
  const timer = setInterval(() => {
    if (queue.size() > 0 || Date.now() - last >= heartbeat) void flush()
  }, every)

  const progress = (said: Progress) => emit('project:generation:progress', { generationId: id, progress: said })
  return { id, resumes: mine.length > 0, emit, progress, flush, end, showContext: screen.showContext }

  function emit<T extends Writable>(type: T, data: EventOf<T>) {
    queue.add(screen.show(type, data))
    if (queue.isFull()) void flush()
  }

  /** Reports what waits now; also when nothing does, which renews the lease. */
  function flush(): Promise<void> {
    if (sending) return sending.then(() => (queue.size() > 0 ? flush() : undefined))
    sending = report().finally(() => {
      sending = undefined
    })
    return sending
  }

  async function report() {
    last = Date.now()
    const events = queue.size() > 0 ? queue.batch() : []
    const failure = await tryTo(async () => {
      const said = { body: { attempt, events }, answer: RunAcknowledged }
      const { cost, over } = await plane.call(projectPaths.runEvents(projectId, id), said)
      screen.showCost(cost)
      if (over) onOver()
    })
    // Events are for the screen: those that will never be taken are let go, those that could not be sent wait.
    if (!failure || (failure instanceof Refused && failure.isFinal)) queue.drop(events.length)
    if (failure) console.error(`report: ${String(failure)}`)
  }

  /** Says how the run ended, after everything else was said. Rejects when nobody hears it. */
  async function end(claim: Omit<RunEnd, 'attempt'>) {
    clearInterval(timer)
    const until = Date.now() + endPatience
    while (queue.size() > 0 && Date.now() < until) await flush()
    const body = { ...claim, answer: claim.answer.slice(0, 20_000), attempt }
    await plane.call(projectPaths.runEnd(projectId, id), { body, answer: z.unknown(), patience: endPatience })
  }
}
export type Reporter = ReturnType<typeof openReporter>

// Those that were reported already are passed over there.
const repeatable = (events: readonly Event[]) => events.filter(({ type }) => writable.has(type)).slice(-mostRepeated)

interface Screen {
  id: GenerationId
  attempt: number
  live: LiveLink
  said: readonly Event[]
}

/** Numbers the events of an attempt and shows them to who watches live. */
function openScreen({ id, attempt, live, said }: Screen) {
  // Numbers are not used twice: of what the runner before said, the last may have got lost on its way.
  const last = said.at(-1)?.run?.n
  let n = last === undefined ? firstEventOf(attempt) : last + mostLost
  let shown = { cost: undefined as Cost | undefined, context: null as Context | null }
  return { show, showCost, showContext }

  function show<T extends EventType>(type: T, data: EventOf<T>): Event {
    const event: Event = { seq: null, run: { id, n: n++ }, type, at: new Date().toISOString(), data }
    live.send(event)
    return event
  }

  // On the screen only: the control plane writes both to the log itself.
  function showCost(cost: Cost) {
    const isNews = cost.micros !== (shown.cost?.micros ?? 0)
    shown = { ...shown, cost }
    if (isNews) show('cost:updated', { generationId: id, cost, context: shown.context })
  }

  /** How full the window of the model was at its last reply. */
  function showContext(model: string, tokens = 0) {
    shown = { ...shown, context: { tokens, window: windowOf(model) } }
    if (shown.cost) show('cost:updated', { generationId: id, cost: shown.cost, context: shown.context })
  }
}

async function tryTo(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error
  }
}
