import type { ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import type { WebSocket } from 'ws'
import { shellClose } from '../../lib/contract/shell.ts'
import { parsed } from '../parsed.ts'
import { spawnAsApp } from '../runner/host/app-user.ts'
import { eachFrame, frame, type Frame } from '../shell/frames.ts'
import type { Opening } from '../shell/room.ts'
import { bytesOf, type Hear } from './stay.ts'

const mostBuffered = 1024 * 1024

interface Running {
  child: ChildProcess
  sockets: Map<number, WebSocket>
}

/** Who comes in: a socket, and what it says that is for nobody else. */
export interface Entrant {
  socket: WebSocket
  hear: Hear
}

/**
 * The way to shells and searches: a program under the account of the project's files, started when somebody first asks.
 * Generated code may end it or speak in its place; all that it says goes to the page as it is, and to nobody else.
 */
export function openShell() {
  let running: Running | undefined
  let count = 0
  return { enter, close: () => running?.child.kill('SIGKILL') }

  function enter({ socket, hear }: Entrant, asked: Opening) {
    const { child, sockets } = (running ??= start())
    const channel = ++count
    sockets.set(channel, socket)
    const tell = (bytes: Buffer) => child.stdin?.writable && child.stdin.write(bytes)
    tell(frame(channel, 'open', asked))
    hear((data, binary) => {
      // A shell that does not read what is typed is not sent more.
      if ((child.stdin?.writableLength ?? 0) > mostBuffered) return socket.terminate()
      tell(frame(channel, binary ? 'bytes' : 'text', bytesOf(data)))
    })
    socket.on('close', () => {
      if (sockets.delete(channel)) tell(frame(channel, 'close', ''))
    })
  }

  function start(): Running {
    const program = join(dirname(process.argv[1] ?? ''), 'shell.js')
    const child = spawnAsApp(process.execPath, [program], { cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] })
    const made: Running = { child, sockets: new Map() }
    const gone = () => {
      if (running === made) running = undefined
      for (const socket of made.sockets.values()) socket.close(shellClose.failed, 'the shell is gone')
      made.sockets.clear()
    }
    child.on('error', gone).on('exit', gone)
    child.stdin?.on('error', gone)
    if (child.stdout)
      eachFrame(
        child.stdout,
        (said) => pass(made, said),
        () => child.kill('SIGKILL'),
      )
    return made
  }
}

function pass({ sockets }: Running, { channel, kind, body }: Frame) {
  const socket = sockets.get(channel)
  if (!socket) return
  if (kind === 'close') {
    sockets.delete(channel)
    const { code, reason } = closing(parsed(body))
    return socket.close(code, reason)
  }
  // A page that does not take in what it asked for is let go; its terminal waits for it.
  if (socket.bufferedAmount > mostBuffered) return socket.terminate()
  socket.send(kind === 'bytes' ? Buffer.from(body) : body.toString(), { binary: kind === 'bytes' })
}

const known = new Set<unknown>([1000, ...Object.values(shellClose)])
/** A close frame holds no more beside its code: what is longer is an exception. */
const mostReasonBytes = 123

function closing(said: unknown): { code: number; reason: string } {
  const { code, reason } = (said ?? {}) as { code?: unknown; reason?: unknown }
  return { code: known.has(code) ? Number(code) : shellClose.failed, reason: withinBytes(reason) }
}

function withinBytes(reason: unknown): string {
  if (typeof reason !== 'string') return ''
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(mostReasonBytes))
  return reason.slice(0, read)
}
