import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { Event } from '../../../lib/contract/event.ts'
import type { GenerationId } from '../../../lib/contract/ids.ts'
import { cleanEnvironment } from '../host/app-user.ts'
import { eachLine, GatewayLine, socketName, type Doors, type Revival } from '../../live/wire.ts'

const mostKept = 20_000
/** Every 50 ms; then another gateway is started. */
const mostTries = 50

interface Options {
  folder: string
  doors: Doors
  run: GenerationId | null
  /** How to start this runner again, should it be killed. */
  revival: Revival | null
}

/**
 * Hands events to the sandbox's live gateway, starting it when it is not there. What the gateway has not confirmed
 * is said again to the next one; a run never waits for it.
 */
export function openLiveLink({ folder, doors, run, revival }: Options) {
  const kept: Event[] = []
  let socket: Socket | undefined
  let confirmed = false
  let closed = false
  const ready = link().catch(relink)

  /** `ready` settles once a gateway knows who may follow. */
  return { ready, send, close }

  function send(event: Event) {
    kept.push(event)
    if (kept.length > mostKept) kept.shift()
    if (confirmed) say({ run, events: [event] })
  }

  /** Waits a moment for what is still on its way. */
  async function close() {
    for (let tries = 0; kept.length > 0 && tries < 80; tries++) await pause(25)
    closed = true
    socket?.end()
  }

  async function link() {
    socket = await reach(folder)
    // Who only waits to be shown goes on; a gateway may still come.
    if (!socket) return relink()
    socket.on('error', () => socket?.destroy())
    socket.on('close', relink)
    eachLine(socket, take)
    say({ doors, run, revival })
  }

  function relink() {
    confirmed = false
    if (!closed) setTimeout(() => void link().catch(relink), 200)
  }

  function take(line: string) {
    const { upTo } = GatewayLine.parse(JSON.parse(line))
    while (kept[0]?.run && kept[0].run.n <= upTo) kept.shift()
    if (!confirmed && kept.length > 0) say({ run, events: kept })
    confirmed = true
  }

  function say(line: object) {
    socket?.write(`${JSON.stringify(line)}\n`)
  }
}
export type LiveLink = ReturnType<typeof openLiveLink>

async function reach(folder: string): Promise<Socket | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const socket = await open(join(folder, socketName))
    if (socket) return socket
    if (tries === 0) startGateway(folder)
    await pause(50)
  }
  return undefined
}

const open = (path: string) =>
  new Promise<Socket | undefined>((resolve) => {
    const socket = connect(path, () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })

function startGateway(folder: string) {
  const log = openSync(join(folder, 'live.log'), 'a', 0o600)
  const program = join(dirname(process.argv[1] ?? ''), 'live.js')
  const { EVERJUST_SANDBOX_ROOT, EVERJUST_SANDBOX_PORTS } = process.env
  // The way out too: for the shells it opens.
  const env = { ...cleanEnvironment(), EVERJUST_SANDBOX_ROOT, EVERJUST_SANDBOX_PORTS }
  const child = spawn(process.execPath, [program], { cwd: '/', env, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  // Where generated code leaves no room for a process there is none to be had now; a run goes on without it.
  child.on('error', () => undefined)
  child.unref()
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
