/** The attribute of an element that says where it was written: `src/App.tsx:12:5`, line and column from 1. */
export const placeAttribute = 'data-ej-source'

interface Source {
  /** The file, as the project names it. */
  path: string
  parse: (code: string) => unknown
}

/**
 * Gives each element of a JSX file its place. Only tags of HTML and SVG: what a component does with its properties is its
 * own. Lines stay as they are; what cannot be parsed is left to whoever says so better.
 */
export function markJsx(code: string, { path, parse }: Source): { code: string; map: null } | undefined {
  const tags = tagsIn(parse(code), code)
  if (tags.length === 0) return undefined
  const lines = startsOfLines(code)
  let marked = ''
  let from = 0
  for (const { start, end } of tags) {
    const line = lines.findLastIndex((begin) => begin <= start)
    marked += `${code.slice(from, end)} ${placeAttribute}="${path}:${line + 1}:${start - (lines[line] ?? 0) + 1}"`
    from = end
  }
  return { code: marked + code.slice(from), map: null }
}

interface Tag {
  /** Where its `<` stands, and where its name ends. */
  start: number
  end: number
}

function tagsIn(node: unknown, code: string): Tag[] {
  const found: Tag[] = []
  const visit = (at: unknown): void => {
    if (Array.isArray(at)) return at.forEach(visit)
    if (!isNode(at)) return
    if (at.type === 'JSXOpeningElement') {
      const { start, end } = at.name as unknown as Tag
      if (/^[a-z]/.test(code.slice(start, end)) && !/[.:]/.test(code.slice(start, end)))
        found.push({ start: at.start, end })
    }
    for (const [key, child] of Object.entries(at)) if (key !== 'parent') visit(child)
  }
  visit(node)
  return found.sort((a, b) => a.end - b.end)
}

type Node = { type: string; start: number; name?: unknown }
const isNode = (at: unknown): at is Node => typeof at === 'object' && at !== null && 'type' in at

/** Where each line begins. */
export const startsOfLines = (text: string): number[] => [
  0,
  ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1),
]
