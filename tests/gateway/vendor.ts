import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../../local/listen.ts'

export interface Asked {
  headers: IncomingMessage['headers']
  body: string
  /** Set when whoever asked went away before the answer was whole. */
  left: boolean
}

/** A vendor that answers as a test says. */
export async function openVendor(suite: { after(work: () => Promise<void>): void }) {
  const vendor = {
    url: '',
    asked: [] as Asked[],
    answer: (_: ServerResponse, __: Asked): void | Promise<void> => {},
  }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const asked: Asked = { headers: request.headers, body, left: false }
      vendor.asked.push(asked)
      response.on('close', () => (asked.left = !response.writableFinished))
      void vendor.answer(response, asked)
    })
  })
  vendor.url = `http://127.0.0.1:${await listen(server, 0)}`
  suite.after(() => close(server))
  return vendor
}

const line = (data: { type: string } & Record<string, unknown>) =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
export const begun = line({ type: 'message_start', message: { usage: { input_tokens: 100, output_tokens: 1 } } })
export const words = (text: string) => line({ type: 'content_block_delta', delta: { type: 'text_delta', text } })
export const ending =
  line({ type: 'message_delta', usage: { output_tokens: 50, cache_read_input_tokens: 10 } }) +
  line({ type: 'message_stop' })
