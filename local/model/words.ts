import { colourWord } from './colours.ts'

const opening =
  /^(?:please|hi|hello|hey|now|ok|can you|could you|would you|i want|i need|i would like|i'd like|i’d like|we need|give me|show me|let's|let’s|build|make|create|design|write|generate|develop|code|to have|to build|me|us|a|an|the|my|our|some|simple|small|nice|beautiful|pretty|modern|clean|tiny|little|minimal|minimalist|new|cool|great|responsive|elegant|fancy|single[- ]page|one[- ]page|static)[\s,]+/i
const tail =
  /\s+(?:with|that|which|where|who|using|including|featuring|so (?:i|we|that)|to (?:help|let|track|manage|keep|show)|and (?:a|an|let|make|use)|in (?:react|typescript|html))\b.*|[.,;:!?\n("“].*/is
const given =
  /\b(?:called|named|titled|call it|name it)\s+(?:["“'‘]([^"”'’\n]{2,40})["”'’]|([^\s"“.,;!?\n]+(?:\s+(?!with\b|that\b|for\b|and\b|where\b|which\b|in\b)[^\s.,;!?\n]+){0,3}))/i
const kindOfPage =
  /^(?:landing |home|marketing |product |web ?)?(?:page|site|app|application|blog|portfolio|tool|thing)\s+(?:about|on|for|of|to)\s+(?:an? |the |my |our )?/i
const people =
  /^(?:me|us|you|my|our|your|myself|everyone|people|kids|children|students?|teams?|family|families|friends?|couples?|work|home|school|teachers?|users?|customers?|beginners?|freelancers?|developers?|designers?|small|busy|today|free|fun|it|them|all|every|each|two|three)$/i

/** A title of at most 40 characters for what a prompt asks for. */
export function titleOf(prompt: string, otherwise: string): string {
  const named = given.exec(prompt)
  if (named !== null) return capital(safe(named[1] ?? named[2] ?? otherwise))
  const bare = prompt.replace(/\bin (?=[a-z]+\b)(?:a )?/gi, (text, at: number) =>
    startsWithColour(prompt.slice(at + text.length)) ? '' : text,
  )
  const words = safe(stripOpening(bare.replace(colourWord, ' ').replace(/\s+/g, ' ').trim()).replace(tail, ''))
  const title = shorten(
    words
      .replace(kindOfPage, '')
      .replace(/\s+(?:web ?)?(?:app|application|please)$/i, '')
      .trim(),
    40,
  )
  return title.length < 3 ? otherwise : capital(title)
}

/** The singular of what a prompt says the thing is for: "a to-do list for plants" → "plant". */
export function nounOf(prompt: string, otherwise: string): string {
  const matches = [
    ...prompt.replace(colourWord, '').matchAll(/\b(?:for|of) (?:my |our |the |your |a |an )?([a-z][a-z-]{2,20})\b/gi),
  ]
  const noun = matches.map((match) => match[1]?.toLowerCase() ?? '').find((word) => word !== '' && !people.test(word))
  return noun === undefined ? otherwise : singular(noun)
}

/** What a prompt is about, to be used inside a sentence: "a site about old maps" → "old maps". */
export function topicOf(prompt: string, otherwise: string): string {
  const title = titleOf(prompt.replace(given, ' '), otherwise)
  const bare = title.replace(/\s+(?:web ?site|web ?page|landing page|home ?page|page|site|blog)$/i, '')
  return /^[A-Z][a-z]/.test(bare) ? bare.charAt(0).toLowerCase() + bare.slice(1) : bare
}

/** What a rename asks for: the words after "to", "call it" or in quotes. */
export function newNameIn(prompt: string): string | undefined {
  const quoted = /["“]([^"”\n]{2,40})["”]|[‘']([^’'\n]{2,40})[’']/.exec(prompt)
  const plain = /\b(?:to|call (?:it|this|the app)|name (?:it|this|the app)|as)\s+([^.,;!?\n]{2,40})/i.exec(prompt)
  const name = safe(quoted?.[1] ?? quoted?.[2] ?? plain?.[1] ?? '')
  return name.length < 2 ? undefined : capital(name)
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const plural = (noun: string): string =>
  /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`

const singular = (noun: string): string => {
  if (/(?:ss|us|is|ness|ing)$/.test(noun)) return noun
  if (/ies$/.test(noun)) return `${noun.slice(0, -3)}y`
  return /(?:ches|shes|xes|sses)$/.test(noun) ? noun.slice(0, -2) : noun.replace(/s$/, '')
}

// Titles go into markup and strings of generated code: only what is harmless in both.
export const safe = (text: string): string =>
  text
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replace(/(?<!\p{L})’|’(?!\p{L})/gu, ' ')
    .replace(/[^\p{L}\p{N}\s’.,!&+-]/gu, ' ')
    .replaceAll('&', 'and')
    .replace(/\s+/g, ' ')
    .trim()

const startsWithColour = (text: string): boolean => text.search(colourWord) === 0

function stripOpening(text: string): string {
  const rest = text.replace(opening, '')
  return rest === text ? text : stripOpening(rest)
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  return text.slice(0, text.lastIndexOf(' ', length) === -1 ? length : text.lastIndexOf(' ', length))
}
