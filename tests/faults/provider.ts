import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freePort } from '../../local/listen.ts'
import { sandboxPorts } from '../../lib/contract/sandbox.ts'
import { Fault } from '../../lib/ports/fault.ts'
import type { SandboxProvider } from '../../lib/ports/sandbox-provider.ts'
import { endAllBelow, furnish } from '../sandbox/box.ts'

interface Box {
  id: string
  name: string
  root: string
  state: 'started' | 'stopped'
  ports: { preview: number; live: number }
  sessions: Map<string, ChildProcess>
  /** What runners said last, for whoever looks into a failed test. */
  said: string[]
}

/** Sandboxes that are folders of this machine with real runners in them. They can be made to fail, and to vanish. */
export function processProvider() {
  const boxes = new Map<string, Box>()
  /** Asked before each call, by the sandbox's name or id: whether it fails. */
  const trouble: { fails: (of: string, doing: string) => boolean } = { fails: () => false }

  const meet = (of: string, doing: string) => {
    if (trouble.fails(of, doing)) throw new Fault('daytona', doing, { retryable: true })
  }
  const byId = (id: string) => [...boxes.values()].find((box) => box.id === id)

  function started(id: string): Box {
    const box = byId(id)
    if (box?.state !== 'started') throw new Fault('daytona', 'reaching a sandbox', { retryable: true })
    return box
  }

  async function make(name: string): Promise<Box> {
    const root = mkdtempSync('/var/tmp/everjust-faults-')
    // What is generated runs as another user, who must be able to come in.
    chmodSync(root, 0o755)
    furnish(root)
    const ports = { preview: await freePort(), live: await freePort() }
    const box: Box = { id: `box-${root.slice(-6)}`, name, root, state: 'started', ports, sessions: new Map(), said: [] }
    boxes.set(name, box)
    return box
  }

  const provider: SandboxProvider = {
    async ensure({ name }) {
      meet(name, 'ensure')
      const found = boxes.get(name)
      const box = found ?? (await make(name))
      box.state = 'started'
      return { id: box.id, fresh: !found, asPlanned: true, resources: { cpu: 1, memoryGiB: 1, diskGiB: 1 } }
    },
    find: async (name) => {
      const box = boxes.get(name)
      return box && { id: box.id, state: box.state }
    },
    list: async () => [...boxes.values()].map(({ id, name, state }) => ({ id, name, state })),
    async stop(name) {
      const box = boxes.get(name)
      if (!box) return
      box.state = 'stopped'
      endAllBelow(box.root)
      box.sessions.clear()
    },
    remove: async (name) => vanish(name),
    async writeFile(id, path, content) {
      meet(id, 'writeFile')
      const file = join(started(id).root, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content, { mode: 0o600 })
    },
    async start(id, sessionId, command) {
      meet(id, 'start')
      const box = started(id)
      const job = join(box.root, command.split(' ').at(-1) ?? '')
      box.sessions.set(sessionId, run(box, job))
      return { commandId: `command-of-${sessionId}` }
    },
    async commandState(id, sessionId) {
      const child = byId(id)?.sessions.get(sessionId)
      if (!child) return 'gone'
      return child.exitCode === null && child.signalCode === null ? 'running' : { exitCode: child.exitCode ?? 137 }
    },
    async endSession(id, sessionId) {
      const session = byId(id)?.sessions.get(sessionId)
      session?.kill('SIGTERM')
      byId(id)?.sessions.delete(sessionId)
    },
    run: async () => ({ exitCode: 0, output: '' }),
    signPreview: async (id, port) => {
      const { preview, live } = started(id).ports
      return `http://127.0.0.1:${port === sandboxPorts.live ? live : preview}`
    },
    endPreview: async () => {},
  }
  return { ...provider, trouble, vanish, kill, close, alive, said: (name: string) => boxes.get(name)?.said ?? [] }

  /** As a provider loses a machine: everything in it is gone at once. */
  function vanish(name: string) {
    const box = boxes.get(name)
    if (!box) return
    boxes.delete(name)
    endAllBelow(box.root)
    rmSync(box.root, { recursive: true, force: true })
  }

  /** As the kernel ends what takes too much memory: the runner, and nothing else. */
  function kill(name: string) {
    for (const child of boxes.get(name)?.sessions.values() ?? []) child.kill('SIGKILL')
  }

  /** Whether a runner works in the sandbox of this name. */
  function alive(name: string): boolean {
    const sessions = [...(boxes.get(name)?.sessions.values() ?? [])]
    return sessions.some(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  }

  function close() {
    for (const name of [...boxes.keys()]) vanish(name)
  }
}

function run({ root, ports, said }: Box, job: string): ChildProcess {
  if (!existsSync(job)) throw new Fault('daytona', 'starting a command', { retryable: true })
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    EVERJUST_SANDBOX_ROOT: root,
    EVERJUST_SANDBOX_PORTS: `${ports.preview},${ports.live}`,
  }
  const program = join(root, 'opt/everjust/bin/runner.js')
  const child = spawn(process.execPath, [program, job], { cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text.replaceAll(/\s+/g, ' ').slice(0, 300)))
  return child
}
