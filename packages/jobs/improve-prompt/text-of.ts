import * as z from 'zod/mini'

const Delta = z.object({
  type: z.literal('content_block_delta'),
  delta: z.object({ type: z.literal('text_delta'), text: z.string() }),
})

/** What the events of a streamed reply say, put together. Rejects when the stream breaks. */
export async function textOf(texts: AsyncIterable<string>): Promise<string> {
  const lines = (await Array.fromAsync(texts)).join('').split('\n')
  return lines
    .filter((line) => line.startsWith('data:'))
    .map((line) => Delta.safeParse(JSON.parse(line.slice(5))).data?.delta.text ?? '')
    .join('')
}
