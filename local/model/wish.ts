// Nothing may follow: “make it teal” is a wish of its own.
const goAhead =
  /^\W*(?:please |ok(?:ay)?,? |yes,? )*(?:(?:build|make|do) (?:it|that|this)(?: now| please| then| so| happen| like that)*\W*$|go ahead\b)/i
const asksBack = /[,;.]?\s*(?:but |and |please )*(?:first,? )?\bask me\b[^.;]*/i

/** What is to be built, from all that a person said: “build it” means what was planned, an answer belongs to its question. */
export function wishIn(prompts: readonly string[]): string {
  const last = prompts.at(-1) ?? ''
  const earlier = prompts.slice(0, -1)
  const before = earlier.at(-1)
  if (before === undefined) return last
  if (goAhead.test(last)) return wishIn(earlier)
  return wantsQuestion(before) ? `${before.replace(asksBack, '')}, ${last}` : last
}

/** Whether a prompt asks for a question before anything is built. */
export const wantsQuestion = (prompt: string): boolean => asksBack.test(prompt)
