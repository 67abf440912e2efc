import { Problem, type Api } from '#lib/api.ts'
import type { Found, ProjectId, SearchWord, shellProtocols } from '#lib/contract.ts'
import { askTicket } from '#lib/follow/live-ticket.ts'
import { m } from '#lib/messages.ts'

const protocol: (typeof shellProtocols)['search'] = 'everjust.search.v1'

interface Asked {
  q: string
  include: string
  case: boolean
  word: boolean
}

/** Looks for an expression in the files of the running sandbox. */
export async function searchSandbox(api: Api, project: ProjectId, asked: Asked): Promise<Found | Problem> {
  const transport = await askTicket(api, project)
  if (transport instanceof Problem) return transport
  if (transport === 'asleep') return new Problem('unreachable', m.code_search_asleep(), m.code_search_asleep_next())
  const url = new URL(transport.url)
  url.searchParams.set('q', asked.q)
  url.searchParams.set('regexp', '1')
  if (asked.include) url.searchParams.set('include', asked.include)
  if (asked.case) url.searchParams.set('case', '1')
  if (asked.word) url.searchParams.set('word', '1')
  return listen(new WebSocket(url, [protocol, transport.ticket]))
}

function listen(socket: WebSocket): Promise<Found | Problem> {
  const files = new Map<string, Found['files'][number]>()
  return new Promise((resolve) => {
    const end = (answer: Found | Problem) => {
      resolve(answer)
      socket.close()
    }
    socket.onmessage = ({ data }) => {
      const word = JSON.parse(String(data)) as SearchWord
      if ('problem' in word) return end(new Problem('invalid_request', m.code_search_refused(), word.problem))
      if ('end' in word) return end({ files: [...files.values()], partial: word.end.more ? 'matches' : null })
      for (const { path, line, column, length, text, from } of word.matches) {
        const file = files.get(path) ?? { path, matches: [] }
        files.set(path, file)
        file.matches.push({ line, column, length, text, start: column - 1 - from })
      }
    }
    socket.onclose = () => end(new Problem('unreachable', m.code_search_asleep(), m.code_search_asleep_next()))
  })
}
