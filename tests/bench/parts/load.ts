// The load: so many connections, each asking again as soon as it was answered, every time for another person.
import { Agent, request } from 'node:http'

export interface Work {
  port: number
  connections: number
  /** How long, or how many in all: whichever is reached first. */
  milliseconds: number
  most?: number
  asks: readonly { path: string; token: string; address: string }[]
}

export interface Outcome {
  perSecond: number
  /** Milliseconds of each answer. */
  latencies: number[]
  failures: number
}

let turn = 0

async function load({ port, connections, milliseconds, most = Infinity, asks }: Work): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  let failures = 0
  const started = performance.now()
  const until = started + milliseconds
  const connection = async () => {
    while (performance.now() < until && latencies.length < most) {
      const from = performance.now()
      const status = await ask(agent, port, asks[turn++ % asks.length])
      latencies.push(performance.now() - from)
      if (status !== 200) failures += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  const seconds = (performance.now() - started) / 1_000
  agent.destroy()
  return { perSecond: latencies.length / seconds, latencies, failures }
}

function ask(agent: Agent, port: number, each: Work['asks'][number] | undefined): Promise<number> {
  if (!each) throw new Error('there is nothing to ask for')
  const headers = { authorization: `Bearer ${each.token}`, 'x-forwarded-for': each.address }
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, path: each.path, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', reject).end()
  })
}

process.on('message', (work: Work) => {
  void load(work).then((outcome) => process.send?.(outcome))
})
