/**
 * Text of files, programs and pages as a model should see it: colours of terminals taken out, and what no reader of the
 * page would see (direction overrides, zero-width characters, tags, control characters) spelled as `[U+202E]`.
 */
export function visible(text: string): string {
  const plain = text.replace(colours, '')
  return plain.replace(hidden, spell).replace(looseJoiner, spell).replace(looseSelector, spell)
}

const spell = (character: string) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

const colours = /\u001b\[[\d;]*m/g

const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

// Joiners have a meaning between emoji and inside scripts that join their letters; selectors after one visible character.
const looseJoiner =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{Extended_Pictographic}\p{L}])/gu
const looseSelector = /(?<=[\s\ufe0e\ufe0f])[\ufe0e\ufe0f]|^[\ufe0e\ufe0f]/gu
