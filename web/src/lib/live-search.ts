import { Problem, type Api } from './api.ts'
import type { ProjectId, SearchMatch, SearchWord } from './contract.ts'
import { openShell, type NoWay } from './live-door.ts'

export interface SandboxSearch {
  q: string
  regexp?: boolean
  case?: boolean
  word?: boolean
  /** A pattern of paths, as `src/*.ts`. */
  include?: string
}

interface Listener {
  onMatches(matches: SearchMatch[]): void
  signal?: AbortSignal
}

/** How a search ended; `more` when there is more than was told; `problem` in the words of what searched. */
export type SearchEnd = { more: boolean; ms: number } | { problem: string } | NoWay | 'lost'

/** Searches the files as they are in the running sandbox; what is found comes in pieces. Aborting ends it there too. */
export async function searchSandbox(
  api: Api,
  project: ProjectId,
  { search, onMatches, signal }: { search: SandboxSearch } & Listener,
): Promise<SearchEnd> {
  const { q, include } = search
  const flags = (['regexp', 'case', 'word'] as const).filter((flag) => search[flag])
  const query = { q, ...Object.fromEntries(flags.map((flag) => [flag, '1'])), ...(include && { include }) }
  const socket = await openShell(api, project, { kind: 'search', query })
  if (typeof socket === 'string' || socket instanceof Problem) return socket
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => {
      const word = JSON.parse(String(data)) as SearchWord
      if ('matches' in word) onMatches(word.matches)
      else resolve('end' in word ? word.end : word)
    }
    socket.onclose = () => resolve('lost')
    if (signal?.aborted) socket.close()
    signal?.addEventListener('abort', () => socket.close())
  })
}
