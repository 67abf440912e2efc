import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from './store.ts'

/** One request on its way through the server. `key` is empty for the bucket itself. */
export type Call = {
  request: IncomingMessage
  response: ServerResponse
  store: Store
  query: URLSearchParams
  bucket: string
  key: string
  signed: boolean
}

/** Sends an XML document. */
export const sendXml = (response: ServerResponse, status: number, xml: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(xml)
}

/** Sends headers alone. */
export const sendEmpty = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  response.writeHead(status, headers)
  response.end()
}
