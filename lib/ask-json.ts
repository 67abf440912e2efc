import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'

interface Asking {
  method?: 'GET' | 'POST' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  deadlineMs: number
}

interface Answer {
  status: number
  json: unknown
}

/**
 * One small JSON request on a kept connection; rejects when there is no JSON answer by the deadline. For what a function
 * asks before it can answer at all: the global `fetch` would cost each cold start 30 ms to load.
 */
export function askJson(address: string, asking: Asking): Promise<Answer> {
  const signal = AbortSignal.timeout(asking.deadlineMs)
  return new Promise((resolve, reject) => {
    const send = (again: boolean) => {
      const sent = address.startsWith('https:')
        ? secureRequest(address, { ...optionsOf(asking), signal, agent: again ? false : secureAgent })
        : plainRequest(address, { ...optionsOf(asking), signal, agent: again ? false : plainAgent })
      // The other side may have closed a kept connection while this container was paused.
      sent.once('error', (error) => (sent.reusedSocket && !signal.aborted ? send(true) : reject(error)))
      sent.once('response', (response) => void answerOf(response).then(resolve, reject))
      sent.end(asking.body)
    }
    send(false)
  })
}

const optionsOf = ({ method = 'GET', headers = {} }: Asking) => ({
  method,
  headers: { ...headers, accept: 'application/json' },
})

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const parts = await Array.fromAsync(response as AsyncIterable<Buffer>)
  return { status: response.statusCode ?? 0, json: parsed(Buffer.concat(parts)) }
}

/** Undefined for what is not JSON. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const kept = { keepAlive: true, maxFreeSockets: 2 }
const plainAgent = new PlainAgent(kept)
const secureAgent = new SecureAgent(kept)
