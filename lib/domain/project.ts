const longest = 60
const words = 6
const opening =
  /^(?:(?:please|can you|could you|i want|i need|i would like|i'd like|to|build|create|make|design|write|develop|generate|me|us|for me)\s+)+/i
const article = /^(?:an?|the|my|our|some)\s+/i
const dangling = /\s+(?:with|and|or|for|that|which|to|of|in|on|by|from|a|an|the)$/i

/** A name for a project from the words that asked for it: the first few, without the asking. */
export function nameFromPrompt(prompt: string): string {
  const line = prompt.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  const sentence = line.split(/[.!?:;](?:\s|$)/, 1)[0] ?? ''
  const asked = sentence.trim().replace(opening, '').replace(article, '')
  let name = asked
    .split(/\s+/)
    .slice(0, words)
    .join(' ')
    .slice(0, longest)
    .replace(/[\s,–—-]+$/, '')
  while (dangling.test(name)) name = name.replace(dangling, '')
  return name === '' ? unnamed : name.charAt(0).toLocaleUpperCase('en') + name.slice(1)
}

export const unnamed = 'Untitled project'
