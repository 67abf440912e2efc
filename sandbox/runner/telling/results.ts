import type Anthropic from '@anthropic-ai/sdk'
import { shorten } from '../../tools/shorten.ts'

type Content = Extract<Anthropic.Beta.BetaMessageParam['content'], unknown[]>

/** What all calls of one step may answer together, in bytes of the request: it is to be sent whole, with all before it. */
const mostTogether = 200_000

/** The results of a step, the longest of them shortened until all fit together. */
export function withinReason(results: unknown): unknown {
  const blocks = results as Content
  if (bytesOf(blocks) <= mostTogether) return results
  const most = Math.max(500, Math.floor(mostTogether / blocks.length / 2))
  return blocks.map((block) =>
    block.type === 'tool_result' && typeof block.content === 'string' && bytesOf(block.content) > most
      ? { ...block, content: `${shorten(block.content, charactersIn(block.content, most))}\n${tooMuch}` }
      : block,
  )
}

const bytesOf = (part: unknown) => Buffer.byteLength(JSON.stringify(part))

/** How many of its characters make so many bytes, on average. */
const charactersIn = (text: string, bytes: number) => Math.floor((text.length * bytes) / bytesOf(text))

const tooMuch = '[Too much at once: ask for less in one reply.]'
