/** An accent as a pair for light and dark grounds; both carry text in the ground's opposite. */
export type Accent = { name: string; light: string; dark: string }

const table: [words: RegExp, name: string, light: string, dark: string][] = [
  [/navy|midnight/, 'navy', '#1e3a8a', '#93b4f5'],
  [/turquoise|teal/, 'teal', '#0f6f68', '#5fd0c3'],
  [/cyan|aqua/, 'cyan', '#0e6b86', '#67cfe8'],
  [/indigo/, 'indigo', '#4338ca', '#a5aefb'],
  [/purple|violet|lavender|lilac|plum/, 'purple', '#7638c9', '#c4a5fa'],
  [/magenta|fuchsia/, 'magenta', '#a01ba8', '#ee9cf2'],
  [/pink|salmon|blush/, 'pink', '#b8245f', '#f79dc0'],
  [/red|crimson|scarlet|ruby/, 'red', '#b3261e', '#f59b92'],
  [/orange|tangerine|coral|peach|apricot/, 'orange', '#b04a0a', '#f7a66b'],
  [/yellow|gold|golden|amber|mustard/, 'gold', '#8a6100', '#eec35a'],
  [/lime/, 'lime', '#4b7310', '#b4dd63'],
  [/green|emerald|mint|olive|sage|forest/, 'green', '#1f7445', '#7fd1a0'],
  [/blue|azure|cobalt/, 'blue', '#1f5fc2', '#8bb8fa'],
  [/brown|chocolate|sepia|terracotta/, 'brown', '#80481f', '#dba981'],
  [/gray|grey|slate|silver/, 'grey', '#4d5761', '#b3bcc6'],
  [/black|monochrome/, 'black', '#1b1c1f', '#e6e7ea'],
]

const alternatives = table.map(([words]) => words.source).join('|')

/** Words for colours at a word's boundaries, to take them out of titles. */
export const colourWord = new RegExp(`\\b(?:(?:dark|light|bright|deep|pale|soft)[ -])?(?:${alternatives})\\b`, 'gi')

/** The first colour that a sentence names. */
export function accentIn(text: string): Accent | undefined {
  const word = new RegExp(`\\b(?:${alternatives})\\b`, 'i').exec(text)?.[0].toLowerCase()
  const row = table.find(([words]) => word !== undefined && words.test(word))
  return row === undefined ? undefined : { name: row[1], light: row[2], dark: row[3] }
}

const notAColour = new RegExp(`\\bdark\\b(?!\\s+(?:${alternatives}))`, 'i')

/** Whether a sentence asks for darkness itself, and not for a dark red. */
export const asksForDark = (text: string): boolean => notAColour.test(text) && !/\blight\b/i.test(text)
