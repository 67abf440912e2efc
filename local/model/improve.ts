import type { MessagesRequest } from './request.ts'

const marked = /<request>\s*([^]*?)\s*<\/request>/
const additions = [
  'It starts with a few examples, so that it does not look empty.',
  'What is entered stays after a reload.',
  'It is easy to use with one hand on a phone, and its colours are calm in light and dark.',
]

/** The same request with what people usually want as well; undefined when none is to be put into better words. */
export function improved({ system, messages }: MessagesRequest): string | undefined {
  if (!textOf(system ?? '').startsWith('You rewrite the request of a person')) return undefined
  const request = marked.exec(textOf(messages.at(-1)?.content ?? ''))?.[1] ?? ''
  return [request.replace(/[.!\s]*$/, '.'), ...additions].join(' ')
}

const textOf = (content: string | readonly { type: string }[]): string =>
  typeof content === 'string'
    ? content
    : content.flatMap((block) => ('text' in block && typeof block.text === 'string' ? [block.text] : [])).join('\n')
