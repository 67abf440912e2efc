import type { EventPage, liveProtocol, runMayWrite } from '#lib/contract.ts'
import type { SocketTransport } from './live-ticket.ts'

const protocol: typeof liveProtocol = 'everjust.v1'

/** The sandbox may say these things and nothing else: how a run ended is the control plane's to say. */
const believed: Record<(typeof runMayWrite)[number], true> = {
  'project:generation:progress': true,
  'file:changed': true,
  'check:result': true,
  'preview:changed': true,
  'sandbox:logs': true,
}

export interface LiveSocket {
  close(): void
}

export interface SocketListener {
  onOpen(socket: WebSocket): void
  onPage(page: EventPage): void
  onClose(): void
}

/** Follows the sandbox's live gateway after `cursor`; `onClose` comes once, also when it never opened. */
export function openSocket(transport: SocketTransport, cursor: string, listener: SocketListener): LiveSocket {
  const url = new URL(transport.url)
  url.searchParams.set('after', cursor)
  const socket = new WebSocket(url, [protocol, transport.ticket])
  socket.onopen = () => listener.onOpen(socket)
  socket.onmessage = ({ data }) => {
    const page = typeof data === 'string' ? readPage(data) : undefined
    if (page) listener.onPage(page)
  }
  socket.onclose = () => listener.onClose()
  return {
    close() {
      socket.onclose = null
      socket.close()
    },
  }
}

function readPage(text: string): EventPage | undefined {
  try {
    const page = JSON.parse(text) as EventPage
    return { ...page, events: page.events.filter((event) => event.run !== null && event.type in believed) }
  } catch {
    return undefined
  }
}
