import * as z from 'zod/mini'

/**
 * Terminals and searches in a sandbox, over its live gateway: `/?<query>` opened with the subprotocols `[protocol, ticket]`
 * by who holds the right `shell`. A terminal says bytes as binary messages and all else as JSON; a search says JSON alone.
 */
export const shellProtocols = { terminal: 'everjust.terminal.v1', search: 'everjust.search.v1' } as const

/** Close codes: the terminal ended or was taken by another page, there are too many, or the shell could not be started. */
export const shellClose = { ended: 4404, taken: 4409, many: 4429, failed: 4500 } as const

export const shellLimits = {
  /** Open terminals in one sandbox. */
  terminals: 4,
  /** What a terminal remembers of its output for a page that comes back, and how much may be under way to one. */
  keptBytes: 256 * 1024,
  unreadBytes: 128 * 1024,
  /** How long a terminal outlives the page that showed it. */
  graceMs: 5 * 60_000,
  inputBytes: 32 * 1024,
  matches: 2_000,
  searchMs: 10_000,
} as const

const Size = z.int().check(z.minimum(2), z.maximum(500))

/** The query of a terminal: its id is the page's own choice; `from` how much of its output the page has. */
export const TerminalQuery = z.object({
  id: z.string().check(z.regex(/^[a-z0-9-]{8,40}$/)),
  from: z.coerce.number().check(z.int(), z.minimum(0)),
  cols: z.coerce.number().check(z.int(), z.minimum(2), z.maximum(500)),
  rows: z.coerce.number().check(z.int(), z.minimum(2), z.maximum(500)),
})
export type TerminalQuery = z.infer<typeof TerminalQuery>

/** What a page says beside what is typed: its size, how much output it has taken in, and that the terminal may end. */
export const TerminalWish = z.union([
  z.object({ size: z.object({ cols: Size, rows: Size }) }),
  z.object({ taken: z.int().check(z.minimum(0)) }),
  z.object({ end: z.literal(true) }),
])

/** What the terminal says beside its output: where that begins, and whether the shell is a new one; that it has ended. */
export type TerminalWord = { at: number; fresh: boolean } | { ended: { code: number } }

/** The query of a search; flags are `1`. `include` is a pattern of paths like `src/*.ts`. */
export const SearchQuery = z.object({
  q: z.string().check(z.minLength(1), z.maxLength(500)),
  regexp: z.optional(z.literal('1')),
  case: z.optional(z.literal('1')),
  word: z.optional(z.literal('1')),
  include: z.optional(z.string().check(z.maxLength(200))),
})
export type SearchQuery = z.infer<typeof SearchQuery>

/** One place where it was found: lines and columns from 1, in UTF-16 units. `text` is the line from its unit `from` on. */
export interface SearchMatch {
  path: string
  line: number
  column: number
  length: number
  text: string
  from: number
}

/** `more`: there is more than what was told. `problem`: why it could not be searched, in words. */
export type SearchWord = { matches: SearchMatch[] } | { end: { more: boolean; ms: number } } | { problem: string }
