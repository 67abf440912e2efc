import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chunksOf, type ScriptedReply } from '../sandbox/reply.ts'

/** What the model does instead of its next reply. */
export type Misreply =
  | { status: number; retryAfter?: string }
  | 'cut in a call'
  | 'garbage'
  | 'refusal'
  | 'too long'
  | 'calls without end'
  | 'breaks the connection'
  | keyof typeof commands

/** What the model has run in the sandbox instead of what it was asked for. */
const commands = {
  'a command without end': { command: 'sleep 1000 & wait', timeout_ms: 300 },
  'a command that prints 100 MB': { command: 'head -c 100000000 /dev/zero | tr "\\0" x' },
  'a file of 11 MB': { command: 'head -c 11000000 /dev/zero > large.bin' },
} as const

/** How a reply to a run goes wrong: asked once for each request, by the name that stands in the prompt. */
export type Mind = (name: string, replies: number) => Misreply | undefined

/** A server that speaks the Messages API and builds the same small page for everybody, unless its mind says otherwise. */
export async function openModelServer(mind: Mind) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void reply(Buffer.concat(chunks).toString('utf8'), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }

  function reply(text: string, response: ServerResponse) {
    const { messages } = JSON.parse(text) as { messages: { role: string }[] }
    const name = /order (\d+)/.exec(text)?.[0] ?? ''
    const replies = messages.filter(({ role }) => role === 'assistant').length
    const wrong = mind(name, replies)
    if (typeof wrong === 'object') return refuse(response, wrong)
    if (wrong === 'breaks the connection') return void response.destroy()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (wrong === 'garbage') return void response.end('event: nonsense\ndata: {not json\n\ndata: [1,2\n\n')
    const events = chunksOf(wrong === undefined ? script(name, replies) : misreply(wrong, replies), replies)
    if (wrong !== 'cut in a call') return void response.end(events.join(''))
    const half = events.join('')
    response.write(half.slice(0, Math.floor(half.length / 2)))
    setTimeout(() => response.destroy(), 20)
  }
}

function refuse(response: ServerResponse, { status, retryAfter }: { status: number; retryAfter?: string }) {
  const headers = { 'content-type': 'application/json', ...(retryAfter ? { 'retry-after': retryAfter } : {}) }
  response.writeHead(status, headers)
  response.end(JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'A fault was asked for.' } }))
}

const page = (name: string, words: string) =>
  `<!doctype html><html lang="en"><head><title>Tea</title></head><body><h1>${words}</h1><p>${name}</p></body></html>\n`

function script(name: string, replies: number): ScriptedReply {
  const write = (path: string, content: string) => ({ tool: 'write', input: { file_path: path, content } })
  if (replies === 0) return { text: 'I will begin.', calls: [{ tool: 'read', input: { file_path: 'index.html' } }] }
  if (replies === 1) return { text: 'The page.', calls: [write('index.html', page(name, 'Tea'))] }
  if (replies === 2) return { text: 'A second page.', calls: [write('about.html', page(name, 'About tea'))] }
  return { text: 'A page about tea.' }
}

function misreply(
  wrong: 'cut in a call' | 'refusal' | 'too long' | 'calls without end' | keyof typeof commands,
  replies: number,
): ScriptedReply {
  switch (wrong) {
    case 'refusal':
      return { text: 'I cannot help with that.', stop: 'refusal' }
    case 'too long':
      return { text: 'and so on and so on', stop: 'max_tokens' }
    case 'cut in a call':
      return script('cut', 1)
    case 'calls without end':
      return { text: 'Once more.', calls: [{ tool: 'bash', input: { command: `echo ${replies}` } }] }
    default:
      return { text: 'I look.', calls: [{ tool: 'bash', input: commands[wrong] }] }
  }
}
