import { shellClose, shellLimits, TerminalQuery } from '../../lib/contract/shell.ts'
import { openPty } from './pty.ts'
import type { Channel, Opening } from './room.ts'
import { Terminal } from './terminal.ts'

/** The open terminals of a sandbox, each of one person, found again by the id that its page chose. */
export function terminals() {
  const open = new Map<string, Terminal>()
  return { enter, count: () => open.size, endAll: () => open.forEach((terminal) => terminal.end()) }

  function enter(channel: Channel, { person, query }: Opening) {
    const asked = TerminalQuery.safeParse(query)
    if (!asked.success) return channel.close(shellClose.failed, 'not understood')
    const key = `${person}/${asked.data.id}`
    const known = open.get(key)
    if (!known && open.size >= shellLimits.terminals) return channel.close(shellClose.many, 'too many terminals')
    const terminal = known ?? begin(key, asked.data)
    if (!terminal) return channel.close(shellClose.failed, 'the shell could not be started')
    terminal.show(channel, { ...asked.data, fresh: !known })
  }

  function begin(key: string, size: { cols: number; rows: number }): Terminal | undefined {
    const pty = openPty(size)
    const terminal = pty && new Terminal(pty, () => void open.delete(key))
    if (terminal) open.set(key, terminal)
    return terminal
  }
}
