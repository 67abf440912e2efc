import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Box } from '../boxes/box.ts'
import type { RunningBoxes } from '../boxes/running.ts'
import type { Control } from '../control/control.ts'
import { controlRoutes } from '../control/routes.ts'
import type { Faults } from '../faults.ts'
import { Refusal } from '../http/refusal.ts'
import { sendError } from '../http/reply.ts'
import { router } from '../http/router.ts'
import { isPreview, relayPreview, relayPreviewUpgrade } from './preview.ts'
import { relayToolboxUpgrade, relayToToolbox } from './toolbox.ts'

export type Entrance = Control & { readonly apiKey: string; readonly faults: Faults; readonly running: RunningBoxes }

/**
 * One port for everything: previews by host, `/api` and `/toolbox` by path and with the API key. Answers how to cut all
 * connections that are open.
 */
export function listener(server: Server, entrance: Entrance): () => void {
  const open = new Set<Duplex>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  const gateway = gatewayOf(entrance)
  const control = router(controlRoutes(entrance), 'DAYTONA_API')
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (isPreview(request)) return relayPreview(gateway, request, response)
    if (!hasKey(request, entrance.apiKey)) {
      return sendError(request, response, [new Refusal(401, 'Unauthorized'), 'DAYTONA_API'])
    }
    if (await entrance.faults.spoil(request, response)) return
    if (request.url?.startsWith('/toolbox/')) return relayToToolbox(gateway, request, response)
    await control(request, response, new URL(request.url ?? '/', entrance.origin()))
  }
  server.on('request', (request, response) => {
    answer(request, response).catch((thrown: unknown) => sendError(request, response, [thrown, 'DAYTONA_API']))
  })
  server.on('upgrade', (request, client, head) => {
    client.on('error', () => client.destroy())
    if (isPreview(request)) void relayPreviewUpgrade(gateway, request, { client, head })
    else if (request.url?.startsWith('/api/socket.io')) entrance.events.accept(request, client, head)
    else if (hasKey(request, entrance.apiKey)) relayToolboxUpgrade(gateway, request, { client, head })
    else client.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  })
  return () => open.forEach((socket) => socket.destroy())
}

function gatewayOf({ store, running, signed, faults }: Entrance) {
  return {
    boxes: store,
    find: (id: string) => store.find(id),
    signed,
    faults,
    toolboxOf: (box: Box) => running.toolboxOf(box),
    touch: (box: Box) => {
      box.lastActivityAt = new Date().toISOString()
    },
  }
}

function hasKey(request: IncomingMessage, apiKey: string): boolean {
  return request.headers.authorization === `Bearer ${apiKey}`
}
