import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { answer } from '../../local/model/answer.ts'
import type { MessagesRequest } from '../../local/model/request.ts'
import { openStage } from './stage.ts'
import type { Answer } from './replies.ts'

/** The scripted model in the place of single replies: it answers whatever it is sent. */
async function scripted(sent: string): Promise<Answer> {
  const blocks = await answer(JSON.parse(sent) as MessagesRequest)
  const text = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
  const calls = blocks.flatMap((block) => (block.type === 'tool_use' ? [{ tool: block.name, input: block.input }] : []))
  return calls.length > 0 ? { text, calls } : { text }
}

test('a long conversation is summed up by the model, and nothing that was decided is lost over two runs', async (t) => {
  const wishes = ['call it Crumb & Co', 'keep it in teal', 'never show prices', 'the oven opens at six']
  const conversation = wishes.map((prompt) => ({ id: newId('generation'), prompt, answer: 'x'.repeat(4_000) }))
  const limits = { steps: 10, seconds: 60, repairs: 3, context: 3_000 }
  const replies = Array.from({ length: 12 }, () => scripted)

  const first = await openStage(t, replies)
  const job = first.jobOf({})
  await first.run({ ...job, generation: job.generation && { ...job.generation, mode: 'plan', conversation, limits } })
  const { ends, purposes } = first.plane.seen
  assert.deepEqual([ends[0]?.['outcome'], purposes[0]], ['succeeded', 'compaction'])
  const memory = ends[0]?.['memory'] as { text: string; upTo: string }
  assert.equal(memory.upTo, conversation.at(-1)?.id)
  for (const wish of wishes) assert.ok(memory.text.includes(wish), wish)
  assert.ok(memory.text.length < 600, memory.text)

  const second = await openStage(t, replies)
  const later = second.jobOf({})
  const told = [{ id: newId('generation'), prompt: 'and a map', answer: 'y'.repeat(16_000) }]
  const again = { mode: 'plan' as const, memory: memory.text, conversation: told, limits }
  await second.run({ ...later, generation: later.generation && { ...later.generation, ...again } })
  const kept = second.plane.seen.ends[0]?.['memory'] as { text: string; upTo: string }
  assert.equal(kept.upTo, told[0]?.id)
  for (const wish of [...wishes, 'and a map']) assert.ok(kept.text.includes(wish), wish)
})
