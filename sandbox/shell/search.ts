import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { SearchQuery, shellClose, shellLimits, type SearchMatch } from '../../lib/contract/shell.ts'
import { eachLine } from '../live/wire.ts'
import { place } from '../place.ts'
import { readRipgrep, ripgrepArguments } from './ripgrep.ts'
import type { Channel, Opening } from './room.ts'
import { readWalk } from './walk.ts'

const ripgrep = ['/usr/bin/rg', '/usr/local/bin/rg'].find((path) => existsSync(path))
const flushMs = 40
const mostErrors = 400
/** A line may be all of three-byte signs and its path long: so many at once stay far from what a frame holds. */
const mostAtOnce = 100

/** Searches the files as they are now, by ripgrep or else by a walk of our own; both in a program that can be ended. */
export function searching() {
  return { enter }

  function enter(channel: Channel, { query }: Opening) {
    const asked = SearchQuery.safeParse(query)
    if (!asked.success) return channel.close(shellClose.failed, 'not understood')
    search(channel, asked.data)
  }
}

function search(channel: Channel, query: SearchQuery) {
  const began = Date.now()
  const child = start(query)
  const read = ripgrep ? readRipgrep : readWalk
  const waiting: SearchMatch[] = []
  let told = 0
  let more = false
  let complaint = ''
  const flushing = setInterval(flush, flushMs)
  const limit = setTimeout(() => halt(), shellLimits.searchMs)

  eachLine(child.stdout, (line) => {
    for (const match of more ? [] : read(line)) {
      if (told + waiting.length >= shellLimits.matches) return halt()
      waiting.push(match)
    }
  })
  child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(0, mostErrors)))
  child.on('error', () => finish(2))
  child.on('close', (code) => finish(code ?? 0))
  channel.onClose = () => child.kill('SIGKILL')

  function halt() {
    more = true
    child.kill('SIGKILL')
  }

  function flush() {
    told += waiting.length
    while (waiting.length > 0) channel.say({ matches: waiting.splice(0, mostAtOnce) })
  }

  function finish(code: number) {
    clearInterval(flushing)
    clearTimeout(limit)
    flush()
    // Both answer 2 when the pattern, or a file, could not be read.
    if (code === 2 && told === 0 && !more) channel.say({ problem: complaint.trim() || 'The files could not be read.' })
    else channel.say({ end: { more, ms: Date.now() - began } })
    channel.close(1000, 'done')
  }
}

function start(query: SearchQuery) {
  const [program, args] = ripgrep
    ? [ripgrep, ripgrepArguments(query)]
    : [process.execPath, [process.argv[1] ?? '', 'walk', JSON.stringify(query)]]
  return spawn(program, args, { cwd: place.project, stdio: ['ignore', 'pipe', 'pipe'] })
}
