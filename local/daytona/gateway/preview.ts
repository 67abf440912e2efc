import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Box } from '../boxes/box.ts'
import { Refusal } from '../http/refusal.ts'
import { sendError } from '../http/reply.ts'
import { emptyPreview } from './preview-page.ts'
import { relay, relayUpgrade } from './relay.ts'
import type { SignedPreviews } from './signed.ts'
import { dial } from './tunnel.ts'

export type PreviewGateway = {
  readonly boxes: { has(id: string): boolean; find(id: string): Box }
  readonly signed: SignedPreviews
  readonly toolboxOf: (box: Box) => string
  readonly touch: (box: Box) => void
}

const TOKEN_HEADER = 'x-daytona-preview-token'

/** Headers that are for this server and not for the previewed program. */
const OURS = ['authorization', TOKEN_HEADER]

const HOST = /^(\d+)-([a-z0-9-]+)\.localhost(?::\d+)?$/

/** Whether a request is for a preview: `<port>-<signed token or sandbox id>.localhost`. */
export function isPreview(request: IncomingMessage): boolean {
  return HOST.test(request.headers.host ?? '')
}

/** Shows what listens on that port of the sandbox. The host passes through, so that the program sees its own address. */
export async function relayPreview(
  gateway: PreviewGateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { box, port } = destination(gateway, request)
    const connection = await dial(gateway.toolboxOf(box), port)
    if (!connection) return showEmpty(response, port)
    const headers = { ...request.headers }
    for (const name of OURS) delete headers[name]
    relay(request, response, {
      upstream: { connection },
      path: request.url ?? '/',
      headers,
      failed: () => showEmpty(response, port),
    })
  } catch (thrown) {
    sendError(request, response, [thrown, 'DAYTONA_PROXY'])
  }
}

/** The same for WebSockets; while one is open the sandbox counts as used. */
export async function relayPreviewUpgrade(
  gateway: PreviewGateway,
  request: IncomingMessage,
  from: { client: Duplex; head: Buffer },
): Promise<void> {
  try {
    const { box, port } = destination(gateway, request)
    const server = await dial(gateway.toolboxOf(box), port)
    if (!server) throw new Refusal(502, `nothing listens on port ${port} yet`)
    const timer = setInterval(() => gateway.touch(box), 1000)
    from.client.on('close', () => clearInterval(timer))
    relayUpgrade(request, { ...from, server }, { path: request.url ?? '/', without: OURS })
  } catch (thrown) {
    const status = thrown instanceof Refusal ? thrown.status : 500
    from.client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  }
}

function showEmpty(response: ServerResponse, port: number): void {
  response.writeHead(502, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(emptyPreview(port))
}

function destination(gateway: PreviewGateway, request: IncomingMessage): { box: Box; port: number } {
  const [, digits, name] = HOST.exec(request.headers.host ?? '') ?? []
  const port = Number(digits)
  const box = boxFor(gateway, request, { port, name: name ?? '' })
  if (!box) throw new Refusal(401, 'the preview address is not valid or has expired')
  gateway.touch(box)
  return { box, port }
}

function boxFor(
  gateway: PreviewGateway,
  request: IncomingMessage,
  to: { port: number; name: string },
): Box | undefined {
  const signed = gateway.signed.find(to.name)
  if (signed)
    return signed.port === to.port && gateway.boxes.has(signed.box) ? gateway.boxes.find(signed.box) : undefined
  if (!gateway.boxes.has(to.name)) return undefined
  const box = gateway.boxes.find(to.name)
  return box.public || request.headers[TOKEN_HEADER] === box.previewToken ? box : undefined
}
