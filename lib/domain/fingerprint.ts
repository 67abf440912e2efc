interface Told {
  check: string
  file: string | null
  message: string
}

/** The digest of a kind, a file and what was said, free of all that changes from one try to the next. */
export function fingerprintOf({ check, file, message }: Told): string {
  return digest([check, file ?? '', normalised(message)].join('\n'))
}

/** A message without colours, places, addresses, digests, moments and durations, its quoted numbers made alike. */
export function normalised(message: string): string {
  return removals
    .reduce((text, [pattern, by]) => text.replaceAll(pattern, by), plainText(message))
    .replaceAll(quoted, (words) => words.replaceAll(/\d+/g, '#'))
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Without the escape sequences that terminals take. */
export const plainText = (text: string) => text.replaceAll(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')

const removals: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/\b(?:https?|wss?|file):\/\/[^\s'"`)\]]+/g, '<address>'],
  [/(?<![\w.])\/(?:[\w.@+~-]+\/)*[\w.@+~-]+(?:\?[\w=&.-]*)?/g, '<path>'],
  [/\b\d{1,4}[-:]\d{2}[-:]\d{2}(?:[T ]?\d{2}:\d{2}:\d{2})?(?:\.\d+)?(?: ?[AP]M|Z)?/g, '<moment>'],
  [/\b\d+(?:\.\d+)?\s?(?:ms|s|sec|seconds?|minutes?)\b/g, '<time>'],
  [/\(\d+[,:]\d+\)|:\d+(?::\d+)?\b|\b(?:line|column|col) \d+/gi, ''],
  [/\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '<hex>'],
]

const quoted = /'[^'\n]*'|"[^"\n]*"|`[^`\n]*`/g

// FNV-1a of 64 bits: no secret hangs on it, and rules know no node:crypto.
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
