import { Refusal } from '../http/refusal.ts'
import type { Call, Route } from '../http/router.ts'
import type { Control } from './control.ts'

/** Ports of Daytona's own programs, which no preview address may open. */
const RESERVED = new Set([22, 2280, 22_222, 33_333])

const SHORTEST_S = 1
const LONGEST_S = 86_400
const DEFAULT_S = 60

/** Addresses under which programs in a sandbox are seen from outside. */
export function previewRoutes(control: Control): Route[] {
  const { store, signed, origin } = control
  const path = '/api/sandbox/:box/ports/:port'
  return [
    { method: 'GET', path: `${path}/preview-url`, run: (call) => link(control, call) },
    { method: 'GET', path: `${path}/signed-preview-url`, run: (call) => sign(control, call) },
    {
      method: 'POST',
      path: `${path}/signed-preview-url/:token/expire`,
      run: (call) => {
        signed.expire(store.find(call.param('box')).id, call.param('token'))
        return { status: 200 }
      },
    },
    {
      method: 'GET',
      path: '/api/sandbox/:box/toolbox-proxy-url',
      run: (call) => {
        store.find(call.param('box'))
        return { status: 200, body: { url: `${origin()}/toolbox` } }
      },
    },
  ]
}

function link({ store, origin }: Control, call: Call) {
  const box = store.find(call.param('box'))
  const url = addressOf(origin(), portIn(call), box.id)
  return { status: 200, body: { sandboxId: box.id, url, token: box.previewToken } }
}

function sign({ store, signed, origin }: Control, call: Call) {
  const box = store.find(call.param('box'))
  const port = portIn(call)
  const token = signed.open(box.id, port, secondsIn(call))
  return { status: 200, body: { sandboxId: box.id, port, token, url: addressOf(origin(), port, token) } }
}

function addressOf(origin: string, port: number, name: string): string {
  return `http://${port}-${name}.localhost:${new URL(origin).port}`
}

function portIn(call: Call): number {
  const port = Number(call.param('port'))
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(400, 'a port is a number from 1 to 65535')
  if (RESERVED.has(port)) throw new Refusal(400, `port ${port} is reserved`)
  return port
}

function secondsIn({ query }: Call): number {
  const seconds = Number(query.get('expiresInSeconds') ?? DEFAULT_S)
  if (!(seconds >= SHORTEST_S && seconds <= LONGEST_S)) {
    throw new Refusal(400, `expiresInSeconds must be from ${SHORTEST_S} to ${LONGEST_S}`)
  }
  return seconds
}
