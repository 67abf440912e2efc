import * as z from 'zod/mini'
import type { SearchWord, TerminalWord } from '../../lib/contract/shell.ts'

/** Who comes in, as the gateway says it: what for, which person, and the query. */
export const Opening = z.object({
  kind: z.enum(['terminal', 'search']),
  person: z.string(),
  query: z.record(z.string(), z.string()),
})
export type Opening = z.infer<typeof Opening>

/** One page's connection. */
export interface Channel {
  say(word: TerminalWord | SearchWord): void
  send(bytes: Buffer): void
  close(code: number, reason: string): void
  onText(word: unknown): void
  onBytes(bytes: Buffer): void
  onClose(): void
}

export interface Room {
  enter(channel: Channel, asked: Opening): void
}
