import type { ModelChunk } from '../../lib/contract/model.ts'
import { chunksOf, type ScriptedReply } from './reply.ts'

/** What comes back for one request: a reply, a refusal of the API, a reply cut half way, or chunks just as they are. */
export type Answer =
  ScriptedReply | { status: number; code: string } | { cut: true } | { chunks: Partial<ModelChunk>[] }
/** The answers at one point: always the same, one after the other and then the last for ever, or by what was sent. */
export type Answers = Answer | { tries: Answer[] } | ((sent: string) => Answer | Promise<Answer>)

/** The answer to the `nth` request (from 0) at one point of the conversation. */
export async function answerFor(answers: Answers, nth: number, sent: string): Promise<Exclude<Answer, { cut: true }>> {
  if (typeof answers === 'function') return answerFor(await answers(sent), nth, sent)
  const answer = 'tries' in answers ? (answers.tries[nth] ?? answers.tries.at(-1) ?? {}) : answers
  if (!('cut' in answer)) return answer
  const whole = chunksOf({ text: 'Whole now.' }, 0).map((text) => ({ text }))
  return nth > 0
    ? { text: 'Whole now.' }
    : { chunks: whole.slice(0, 2).map((chunk, n) => ({ ...chunk, cut: n === 1 })) }
}

/** The chunks that a relay writes of an answer. */
export function writtenChunks(answer: ScriptedReply | { chunks: Partial<ModelChunk>[] }, number: number): ModelChunk[] {
  // What comes last is often empty.
  const parts = 'chunks' in answer ? answer.chunks : [...chunksOf(answer, number), '', ''].map((text) => ({ text }))
  const ends = 'chunks' in answer ? answer.chunks.some(({ done, cut }) => done ?? cut) : false
  return parts.map((part, n) => ({
    n,
    text: '',
    done: !ends && n === parts.length - 1,
    ...(n === 0 ? { status: 200, contentType: 'text/event-stream' } : {}),
    ...part,
  }))
}
