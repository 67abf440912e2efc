import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import { functionsHost, serviceHost, type Host } from '../gateway/hosts.ts'
import { begun, ending, openVendor, words } from '../gateway/vendor.ts'
import { openStage, type StartedRun } from '../jobs/stage.ts'
import { onStage } from './parts/stages.ts'
import { against, type Row } from './row.ts'

const everyMs = 50

/** A reply that streams for so many seconds, through each host of the gateway and straight from the vendor. */
export function measure(seconds = 30): Promise<Row[]> {
  return onStage(async (suite) => {
    const vendor = await openVendor(suite)
    vendor.answer = (response) => slowly(response, seconds)
    const upstream = openAnthropic({ url: vendor.url, key: new Secret('bench') })
    const stage = await openStage(suite, { upstream })
    const run = await stage.start(await stage.person())
    const rows: Row[] = []
    for (const open of [async () => functionsHost(stage), () => serviceHost(stage)]) {
      const host: Host = await open()
      // Side by side, so that both have the same machine.
      const [measured, floor] = await Promise.all([through(host, run), direct(vendor.url)])
      await host.stop()
      const figure = `a reply of ${seconds} s through the gateway as ${host.name}`
      rows.push(against({ figure, measured, floor, unit: 'ms' }, { atMost: 1.1 }))
    }
    await run.owner.post(`${run.path}/cancel`)
    await stage.drain()
    return rows
  })
}

async function slowly(response: ServerResponse, seconds: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(begun)
  for (let sent = 0; sent < (seconds * 1_000) / everyMs; sent += 1) {
    if (!response.write(words('word '))) await once(response, 'drain')
    await sleep(everyMs)
  }
  response.end(ending)
}

const asked = {
  method: 'POST',
  headers: { 'anthropic-version': '2026-10-21' },
  body: JSON.stringify({ model: 'scripted-1', max_tokens: 1_000, messages: [{ role: 'user', content: 'hi' }] }),
}

const through = (host: Host, run: StartedRun) => timed(() => host.fetchFor(run)('http://relay/v1/messages', asked))
const direct = (url: string) => timed(() => fetch(`${url}/v1/messages`, asked))

async function timed(ask: () => Promise<Response>): Promise<number> {
  const started = performance.now()
  const text = await (await ask()).text()
  if (!text.endsWith(ending)) throw new Error('the reply is not whole')
  return performance.now() - started
}
