import { failures } from '../contract/failures.ts'
import type { FailureCode, Generation } from '../contract/generation.ts'

interface Ended {
  state: Generation['state']
  answer: string | null
  failure_code: FailureCode | null
  question: Generation['question']
  version_id: string | null
}

/** What a later run is told that came of an earlier request: its answer or question, and how it ended when not well. */
export function toldAnswer({ state, answer, failure_code, question, version_id }: Ended): string {
  const asked = question && [question.text, ...question.choices.map((choice) => `- ${choice}`)].join('\n')
  const kept = version_id === null ? 'Nothing of it was kept.' : 'What was made until then was kept.'
  const ending =
    state === 'cancelled'
      ? `(The person stopped this. ${kept})`
      : failure_code && `(This failed: ${failures[failure_code][0]} ${kept})`
  return [answer?.trim(), asked, ending].filter(Boolean).join('\n\n')
}
