import type { Readable, Writable } from 'node:stream'

/** What the browser says of itself, as the DevTools protocol words it. */
export interface Happening {
  method: string
  params: Record<string, unknown>
  sessionId?: string
}

interface Waiting {
  resolve: (result: Record<string, unknown>) => void
  reject: (error: Error) => void
}

/** Speaks the DevTools protocol over the two pipes of a browser started with `--remote-debugging-pipe`. */
export function openPipe(input: Writable, output: Readable) {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(happening: Happening) => void>()
  let count = 0
  let rest = ''
  input.on('error', fail)
  output.setEncoding('utf8').on('data', take).on('close', fail)
  return { ask, on }

  /** Rejects when the browser refuses, or is gone. */
  function ask(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++count
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  /** Answers how to stop listening. */
  function on(listener: (happening: Happening) => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  function take(text: string) {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) settle(JSON.parse(message) as Answer & Happening)
  }

  function settle(message: Answer & Happening) {
    if (message.id === undefined) return listeners.forEach((listener) => listener(message))
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error) asked?.reject(new Error(message.error.message))
    else asked?.resolve(message.result ?? {})
  }

  function fail() {
    for (const { reject } of waiting.values()) reject(new Error('The browser is gone.'))
    waiting.clear()
  }
}

interface Answer {
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}
