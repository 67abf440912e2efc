/** How well a query fits a title, and which of its letters it names. */
export interface Match {
  score: number
  marks: readonly number[]
}

/** Null when the letters of the query do not come in this order in the title. Case and accents do not matter. */
export function match(query: string, title: string): Match | null {
  const wanted = letters(query.trim())
  const given = letters(title)
  if (wanted.length === 0) return { score: 0, marks: [] }
  return inOnePiece(wanted, given) ?? inOrder(wanted, given)
}

/** One letter for each of the text, so that places stay what they are. */
function letters(text: string): string[] {
  return Array.from(text, (letter) => (letter.normalize('NFD')[0] ?? letter).toLowerCase())
}

function inOnePiece(wanted: readonly string[], given: readonly string[]): Match | null {
  const places = [...given.keys()].filter((at) => wanted.every((letter, index) => given[at + index] === letter))
  const first = places.find((at) => beginsWord(given, at)) ?? places[0]
  if (first === undefined) return null
  const score = 100 + (beginsWord(given, first) ? 40 : 0) + (first === 0 ? 20 : 0) - given.length / 100
  return { score, marks: wanted.map((_, index) => first + index) }
}

function inOrder(wanted: readonly string[], given: readonly string[]): Match | null {
  const marks: number[] = []
  for (const letter of wanted) {
    const place = nextPlace(letter, given, (marks.at(-1) ?? -1) + 1)
    if (place === -1) return null
    marks.push(place)
  }
  const begun = marks.filter((at) => beginsWord(given, at)).length
  const spread = (marks.at(-1) ?? 0) - (marks[0] ?? 0) + 1 - wanted.length
  return { score: 40 + 10 * begun - spread, marks }
}

/** The next place of a letter: right here, else where a word begins with it, else anywhere. */
function nextPlace(letter: string, given: readonly string[], from: number): number {
  if (given[from] === letter) return from
  const begins = given.findIndex((other, at) => at > from && other === letter && beginsWord(given, at))
  return begins === -1 ? given.indexOf(letter, from) : begins
}

function beginsWord(given: readonly string[], at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(given[at - 1] ?? '')
}
