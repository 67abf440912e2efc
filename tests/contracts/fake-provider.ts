import { isDeepStrictEqual } from 'node:util'
import { Fault } from '../../lib/ports/fault.ts'
import type { SandboxPlan, SandboxProvider } from '../../lib/ports/sandbox-provider.ts'

interface Box {
  id: string
  plan: SandboxPlan
  state: 'started' | 'stopped'
  files: Map<string, string>
  /** Commands by session; one without an exit code is running. */
  sessions: Map<string, { command: string; exitCode: number | undefined }>
}

/** Sandboxes in memory that know `echo`, `cat`, `exit` and `sleep`; every other command runs until its session is ended. */
export function fakeProvider() {
  const boxes = new Map<string, Box>()
  const trouble: { failing: boolean; before: ((method: string) => Promise<void>) | undefined } = {
    failing: false,
    before: undefined,
  }
  let made = 0
  /** Addresses that were ended before their time. */
  const ended: string[] = []

  async function meet(method: string): Promise<void> {
    await trouble.before?.(method)
    if (trouble.failing) throw new Fault('daytona', method, { retryable: true })
  }

  function started(id: string): Box {
    const box = [...boxes.values()].find((each) => each.id === id)
    if (box?.state !== 'started') throw new Fault('daytona', 'reaching a sandbox', { retryable: true })
    return box
  }

  const provider: SandboxProvider = {
    async ensure(plan) {
      await meet('ensure')
      const found = boxes.get(plan.name)
      const box = found ?? { id: `box-${++made}`, plan, state: 'started', files: new Map(), sessions: new Map() }
      // One that runs stays as it is.
      if (box.state === 'stopped') box.plan = plan
      box.state = 'started'
      boxes.set(plan.name, box)
      const asPlanned = isDeepStrictEqual(
        [box.plan.allowedHosts, box.plan.resources],
        [plan.allowedHosts, plan.resources],
      )
      return {
        id: box.id,
        fresh: !found,
        asPlanned,
        resources: { cpu: 1, memoryGiB: 2, ...box.plan.resources, diskGiB: 3 },
      }
    },
    async find(name) {
      await meet('find')
      const box = boxes.get(name)
      return box && { id: box.id, state: box.state }
    },
    async list(labels) {
      await meet('list')
      const fits = ({ plan }: Box) => Object.entries(labels).every(([label, value]) => plan.labels[label] === value)
      return [...boxes.values()].filter(fits).map(({ id, plan, state }) => ({ id, name: plan.name, state }))
    },
    async stop(name) {
      await meet('stop')
      const box = boxes.get(name)
      if (!box) return
      box.state = 'stopped'
      box.sessions.clear()
    },
    async remove(name) {
      await meet('remove')
      boxes.delete(name)
    },
    async writeFile(id, path, content) {
      await meet('writeFile')
      started(id).files.set(path, content)
    },
    async start(id, sessionId, command) {
      await meet('start')
      const box = started(id)
      const { exitCode } = outcomeOf(command, box.files)
      box.sessions.set(sessionId, { command, exitCode })
      return { commandId: `command-of-${sessionId}` }
    },
    async commandState(id, sessionId) {
      await meet('commandState')
      const box = [...boxes.values()].find((each) => each.id === id)
      const session = box?.state === 'started' ? box.sessions.get(sessionId) : undefined
      if (!session) return 'gone'
      return session.exitCode === undefined ? 'running' : { exitCode: session.exitCode }
    },
    async endSession(id, sessionId) {
      await meet('endSession')
      const box = [...boxes.values()].find((each) => each.id === id)
      box?.sessions.delete(sessionId)
    },
    async run(id, command) {
      await meet('run')
      const { exitCode = 0, output } = outcomeOf(command, started(id).files)
      return { exitCode, output }
    },
    async signPreview(id, port, seconds) {
      await meet('signPreview')
      return `http://${port}-${id}-${++made}.localhost:3986/?for=${seconds}`
    },
    async endPreview(_id, url) {
      await meet('endPreview')
      ended.push(url)
    },
  }
  return { ...provider, boxes, trouble, ended }
}

function outcomeOf(command: string, files: Map<string, string>): { exitCode: number | undefined; output: string } {
  const [program = '', argument = ''] = command.split(/ (.*)/s)
  if (program === 'echo') return { exitCode: 0, output: `${argument}\n` }
  if (program === 'exit') return { exitCode: Number(argument), output: '' }
  if (program === 'cat') return { exitCode: files.has(argument) ? 0 : 1, output: files.get(argument) ?? '' }
  return { exitCode: undefined, output: '' }
}
