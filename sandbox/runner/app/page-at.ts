import { get } from 'node:http'

const mostRead = 64 * 1024

export interface Page {
  status: number
  text: string
}

/** What a server in the sandbox answers now, or its beginning; undefined when nobody answers, or it is never done. */
export function pageAt(port: number, path: string, withinMs = 10_000): Promise<Page | undefined> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port,
      path,
      // An agent of its own: the usual one may send even this through the sandbox's proxy.
      agent: false as const,
      signal: AbortSignal.timeout(withinMs),
      headers: { accept: 'text/html,*/*' },
    }
    const request = get(options, (response) => {
      let text = ''
      const answer = () => resolve({ status: response.statusCode ?? 0, text })
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (text.length < mostRead) return
        answer()
        request.destroy()
      })
      response.on('end', answer)
      response.on('error', () => resolve(undefined))
    })
    request.on('error', () => resolve(undefined))
  })
}
