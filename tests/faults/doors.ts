import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ask, type Mains } from '../world/caller.ts'

/** What is done to one message on its way; undefined lets it through. */
export type Mishap =
  'refused' | 'lost' | 'answer lost' | 'doubled' | 'late' | { status: number } | { token: string } | undefined

export interface Passing {
  method: string
  path: string
  /** Carried by the control plane for a sandbox. */
  carried: boolean
}
type Watch = (passing: Passing) => Mishap

/** A port on which the API can be reached as from a sandbox, where messages may come to harm. */
export async function openApiDoor(port: number, mains: () => Mains, watch: Watch) {
  return open({ watch, port }, async (incoming, body, token) => {
    const text = body.length > 0 ? body.toString('utf8') : undefined
    const { 'idempotency-key': key } = incoming.headers
    return ask(mains(), {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      token: token ?? incoming.headers.authorization?.replace(/^Bearer /, ''),
      ...(text === undefined ? {} : { raw: text }),
      headers: typeof key === 'string' ? { 'idempotency-key': key } : {},
    }).then(({ status, headers, body: answer }) => ({ status, headers, body: Buffer.from(JSON.stringify(answer)) }))
  })
}

/** A port before object storage; it passes the name of its own host on, which signatures cover. */
export async function openStorageDoor(endpoint: string, watch: Watch) {
  const { hostname, port } = new URL(endpoint)
  return open(
    { watch, port: 0 },
    (incoming, body) =>
      new Promise((resolve, reject) => {
        const { method, url: path, headers } = incoming
        const outgoing = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) }),
          )
        })
        outgoing.on('error', reject)
        outgoing.end(body)
      }),
  )
}

interface Passed {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  body: Buffer
}
type Pass = (incoming: IncomingMessage, body: Buffer, token: string | undefined) => Promise<Passed>

async function open({ watch, port }: { watch: Watch; port: number }, pass: Pass) {
  const server = createServer((incoming, response) => {
    meet(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }

  async function meet(incoming: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const mishap = watch({
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      carried: 'x-carried' in incoming.headers,
    })
    if (mishap === 'lost' || mishap === 'refused') return void response.destroy()
    if (typeof mishap === 'object' && 'status' in mishap) {
      response.writeHead(mishap.status, { 'content-type': 'application/json', 'retry-after': '0' })
      return void response.end('{"code":"fault"}')
    }
    if (mishap === 'late') await new Promise((resolve) => setTimeout(resolve, 400))
    const token = typeof mishap === 'object' ? mishap.token : undefined
    const passed = await pass(incoming, body, token)
    const again = mishap === 'doubled' ? await pass(incoming, body, token) : passed
    if (mishap === 'answer lost') return void response.destroy()
    const { connection: _own, 'transfer-encoding': _whole, 'content-length': _length, ...headers } = again.headers
    response.writeHead(again.status, { ...headers, 'content-length': again.body.length })
    response.end(again.body)
  }
}
