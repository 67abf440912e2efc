import type { Readable } from 'node:stream'
import { endOfLogs } from './container-messages.ts'

export type LogLine = { at: string; stream: 'stdout' | 'stderr'; text: string }

/** A line longer than this is cut in two, so that output without line ends cannot fill our memory. */
const longestLine = 64 * 1024

type Collector = {
  lines: LogLine[]
  room: number
  openStreams: number
  onLine: (line: LogLine) => void
  done: (lines: LogLine[]) => void
}

export type ContainerLogs = {
  /** Collects what is printed until both streams say that the activation has ended; `bytes` is the most kept. */
  collect(bytes: number, onLine: (line: LogLine) => void): Promise<LogLine[]>
}

/** Splits the two output streams of a container into the lines of its activations. */
export function followLogs(stdout: Readable, stderr: Readable): ContainerLogs {
  const streams = [followStream(stdout, 'stdout'), followStream(stderr, 'stderr')]
  return {
    collect: (bytes, onLine) =>
      new Promise((done) => {
        const collector = { lines: [], room: bytes, openStreams: streams.length, onLine, done }
        for (const add of streams) add(collector)
      }),
  }
}

function followStream(source: Readable, stream: LogLine['stream']): (collector: Collector) => void {
  const waiting: Collector[] = []
  // Work left behind after the answer prints between two activations: the next one gets those lines.
  let strays: string[] = []
  let rest = ''
  let closed = false

  const keep = (text: string): void => {
    const collector = waiting[0]
    if (collector) record(collector, stream, text)
    else if (strays.length < 1_000) strays.push(text)
  }
  const endActivation = (): void => finishStream(waiting.shift())
  const readLine = (line: string): void => {
    if (!line.endsWith(endOfLogs)) return keep(line)
    if (line.length > endOfLogs.length) keep(line.slice(0, -endOfLogs.length))
    endActivation()
  }

  source.setEncoding('utf8')
  source.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) readLine(line)
    if (rest.length > longestLine) {
      keep(rest.slice(0, -endOfLogs.length))
      rest = rest.slice(-endOfLogs.length)
    }
  })
  source.on('close', () => {
    closed = true
    if (rest !== '') keep(rest)
    while (waiting.length > 0) endActivation()
  })

  return (collector) => {
    waiting.push(collector)
    for (const text of strays) record(collector, stream, text)
    strays = []
    if (closed) endActivation()
  }
}

function record(collector: Collector, stream: LogLine['stream'], text: string): void {
  if (collector.room <= 0) return
  collector.room -= Buffer.byteLength(text) + 1
  const kept = collector.room < 0 ? 'Logs were truncated because they exceed the limit.' : text
  const line = { at: new Date().toISOString(), stream, text: kept }
  collector.lines.push(line)
  collector.onLine(line)
}

function finishStream(collector: Collector | undefined): void {
  if (!collector) return
  collector.openStreams -= 1
  if (collector.openStreams === 0) collector.done(collector.lines)
}
