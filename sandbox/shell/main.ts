import { shellClose } from '../../lib/contract/shell.ts'
import { parsed } from '../parsed.ts'
import { eachFrame, frame } from './frames.ts'
import { Opening, type Channel, type Room } from './room.ts'
import { searching } from './search.ts'
import { terminals } from './terminals.ts'
import { walk } from './walk.ts'

const usualIdleMs = 60_000

/**
 * `shell.js [<ms>]`: shells and searches of a sandbox, as the account that owns its files. The live gateway starts it, says
 * who comes in by frames on its standard input, and decides who may; it ends itself when nobody has been there for a minute.
 */
function main(idleMs: number) {
  const rooms = { terminal: terminals(), search: searching() } satisfies Record<Opening['kind'], Room>
  const channels = new Map<number, Channel>()
  let idle: NodeJS.Timeout | undefined

  rest()
  eachFrame(process.stdin, ({ channel: id, kind, body }) => take(id, kind, body), leave)
  process.stdin.on('end', leave)
  // Nobody listens any more.
  process.stdout.on('error', leave)

  function take(id: number, kind: 'open' | 'text' | 'bytes' | 'close', body: Buffer) {
    if (kind === 'open') return open(id, body)
    const channel = channels.get(id)
    if (kind === 'close') {
      channels.delete(id)
      channel?.onClose()
      rest()
    } else if (kind === 'text') channel?.onText(parsed(body))
    else channel?.onBytes(Buffer.from(body))
  }

  function open(id: number, body: Buffer) {
    const asked = Opening.safeParse(parsed(body))
    const channel = channelOf(id, () => {
      rest()
      return channels.delete(id)
    })
    channels.set(id, channel)
    if (!asked.success) return channel.close(shellClose.failed, 'not understood')
    rooms[asked.data.kind].enter(channel, asked.data)
  }

  function rest() {
    clearTimeout(idle)
    idle = setTimeout(() => (channels.size + rooms.terminal.count() > 0 ? rest() : leave()), idleMs)
  }

  function leave() {
    rooms.terminal.endAll()
    setTimeout(() => process.exit(0), 200)
  }
}

// A pipe is written at once and in order, so nothing is lost when this ends.
const tell = (bytes: Buffer) => process.stdout.write(bytes)

function channelOf(id: number, wasOpen: () => boolean): Channel {
  return {
    say: (word) => tell(frame(id, 'text', word)),
    send: (bytes) => tell(frame(id, 'bytes', bytes)),
    close: (code, reason) => wasOpen() && tell(frame(id, 'close', { code, reason })),
    onText: () => undefined,
    onBytes: () => undefined,
    onClose: () => undefined,
  }
}

if (process.argv[2] === 'walk') walk(process.argv[3] ?? '{}')
else main(Number(process.argv[2] ?? usualIdleMs))
