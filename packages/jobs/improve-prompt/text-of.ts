import * as z from 'zod/mini'

const Delta = z.object({
  type: z.literal('content_block_delta'),
  delta: z.object({ type: z.literal('text_delta'), text: z.string() }),
})

const mostCharacters = 1_000_000

/** What the events of a streamed reply say, put together. Rejects when the stream breaks, or says far more than was asked. */
export async function textOf(texts: AsyncIterable<string>): Promise<string> {
  let said = ''
  for await (const text of texts) {
    said += text
    if (said.length > mostCharacters) throw new Error('The reply is longer than any should be.')
  }
  return said
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => Delta.safeParse(JSON.parse(line.slice(5))).data?.delta.text ?? '')
    .join('')
}
