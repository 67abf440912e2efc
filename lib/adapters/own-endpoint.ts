import { lookup as resolve } from 'node:dns'
import { request as askPlainly, type IncomingMessage } from 'node:http'
import { request as askSecurely } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { mayConnect, objectionToEndpoint, type EndpointPolicy } from '../domain/endpoint.ts'

/** The part of `fetch` that asking a model takes. */
export type Fetch = (address: string, init: Asked) => Promise<Response>
interface Asked {
  method: string
  headers: Record<string, string>
  body: string
  signal: AbortSignal
  redirect: 'error'
}

/** The address leads to where we do not go. */
export class NotAllowed extends Error {
  override name = 'NotAllowed'
}

const mostSilenceMs = 130_000

/**
 * A `fetch` for addresses that people named. What a name leads to is looked up and judged here, and the connection is made
 * to that very address, so a name that changes its mind in between leads nowhere else. It follows no redirection.
 */
export function fetchWithin(policy: EndpointPolicy): Fetch {
  return async (address, { method, headers, body, signal }) => {
    const objection = objectionToEndpoint(address, policy)
    if (objection) throw new NotAllowed(objection)
    const url = new URL(address)
    const ask = url.protocol === 'https:' ? askSecurely : askPlainly
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = ask(url, {
        method,
        headers: { ...headers, 'accept-encoding': 'identity', 'content-length': Buffer.byteLength(body) },
        lookup: lookUpWithin(policy),
        // A connection that is kept open would be reused without looking again.
        agent: false,
        signal,
        timeout: mostSilenceMs,
      })
      asked.on('timeout', () => asked.destroy(new Error('The endpoint is silent.')))
      asked.on('response', resolve)
      asked.on('error', reject)
      asked.end(body)
    })
    return responseOf(answer)
  }
}

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 502
  if (status < 200 || (status >= 300 && status < 400)) {
    answer.destroy()
    throw new Error(`The endpoint answered ${status}, which leads elsewhere.`)
  }
  const kept = ['content-type', 'request-id', 'retry-after'].flatMap((name) => {
    const value = answer.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  if (status === 204 || status === 205) return new Response(null, { status, headers: kept })
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status, headers: kept })
}

/** Looks a name up as connections do, and refuses when any address that it leads to is closed to us. */
export function lookUpWithin(policy: EndpointPolicy): LookupFunction {
  return (name, options, answer) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, [])
      const closed = found.find(({ address }) => isIP(address) === 0 || !mayConnect(address, policy))
      const [first] = found
      if (closed || !first) return answer(new NotAllowed('The name leads to an address that is not public.'), [])
      return options.all ? answer(null, found) : answer(null, first.address, first.family)
    })
  }
}
