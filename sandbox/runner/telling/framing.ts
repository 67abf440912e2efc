import { createHash } from 'node:crypto'
import type Anthropic from '@anthropic-ai/sdk'
import { visible } from './visible.ts'

/** Wraps text that nobody in the conversation said, naming where it comes from. */
export type Frame = (from: string, text: string) => string
type Content = Extract<Anthropic.Beta.BetaMessageParam['content'], unknown[]>

/**
 * The frame of one generation. Its mark follows from the id, so that a resumed run says the same, and is taken out of what
 * is framed: no file can end its frame and go on as if it were the person.
 */
export function openFrame(generationId: string): Frame {
  const mark = createHash('sha256').update(`frame ${generationId}`).digest('hex').slice(0, 10)
  return (from, text) => {
    const said = visible(text).replaceAll(mark, '[mark]')
    return `<data ${mark} from="${from.replaceAll(/[<>"\s]+/g, ' ')}">\n${said}\n</data ${mark}>`
  }
}

/** The results of tools, with all their text framed. */
export function framed(results: Content, frame: Frame): Content {
  return results.map((block) => {
    if (block.type !== 'tool_result' || block.content === undefined) return block
    const { content } = block
    if (typeof content === 'string') return { ...block, content: frame('tool', content) }
    return {
      ...block,
      content: content.map((part) => (part.type === 'text' ? { ...part, text: frame('tool', part.text) } : part)),
    }
  })
}

/** What the checks said, behind the line that the engine itself says. */
export function framedReport(text: string, frame: Frame): string {
  const [first = '', ...rest] = text.split('\n')
  return rest.length === 0 ? text : `${first}\n${frame('checks', rest.join('\n'))}`
}
