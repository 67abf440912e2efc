import { cleanText } from './text.ts'

/**
 * Characters that a reader does not see but a model reads, or that show text in another order than it has: zero-width and
 * filler characters, direction overrides, tags, and the variation selectors in which whole sentences have been smuggled.
 */
const hidden =
  /[\u0080-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

// What looks the same and has a meaning: joiners inside emoji and in scripts that need them, and flags spelled in tags.
const joiner =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{L}\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{Extended_Pictographic}\p{L}])/gu
const latinJoiner = /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200c\u200d]/gu
const flag = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu

/** A person's words without control characters and without anything that they cannot see; U+2028, 2029 and NEL break lines. */
export function plainText(text: string): string {
  const lines = cleanText(text).replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
  const bare = (part: string) => part.replace(hidden, '').replace(joiner, '').replace(latinJoiner, '')
  const flags = lines.match(flag) ?? []
  return lines
    .split(flag)
    .map((part, at) => bare(part) + (flags[at] ?? ''))
    .join('')
}
