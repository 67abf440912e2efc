import { isValue, Refused, type DirectChange, type Refusal, type Splice, type SyntaxNode } from './direct-change.ts'
import { htmlChange } from './direct-html.ts'
import { jsxChange } from './direct-jsx.ts'

export interface Source {
  path: string
  code: string
  /** Whether classes of Tailwind mean something here. */
  tailwind: boolean
}

export type Edited = { code: string; refused: null } | { code: null; refused: Refusal }

/** The code with the changes, and all else as it was; or why one of them cannot be made safely. */
export async function editSource(source: Source, changes: readonly DirectChange[]): Promise<Edited> {
  try {
    const language = await languageOf(source.path)
    const tree = language.parse(source.code)
    const splices = changes.flatMap((change) => {
      const { text, styles } = change
      const bad = Object.entries(styles).some(([name, value]) => !isValue(name as keyof typeof styles, value))
      if (bad) throw new Refused('value')
      if (text !== undefined && !text.trim()) throw new Refused('empty')
      const tag = find(tree, { code: source.code, change, names: language.tags })
      return language.change(tag, { ...source, change })
    })
    const ordered = splices.toSorted((one, other) => other.from - one.from)
    const edited = ordered.reduce(
      (code, { from, to, insert }) => code.slice(0, from) + insert + code.slice(to),
      source.code,
    )
    return { code: edited, refused: null }
  } catch (error) {
    if (error instanceof Refused) return { code: null, refused: error.reason }
    throw error
  }
}

interface Language {
  parse: (code: string) => SyntaxNode
  /** The nodes that open an element, each with the node that names it. */
  tags: Readonly<Record<string, string>>
  change: (tag: SyntaxNode, within: Source & { change: DirectChange }) => Splice[]
}

async function languageOf(path: string): Promise<Language> {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (ending === 'html') {
    const { htmlLanguage } = await import('@codemirror/lang-html')
    return {
      parse: (code) => htmlLanguage.parser.parse(code).topNode,
      tags: { OpenTag: 'TagName', SelfClosingTag: 'TagName' },
      change: htmlChange,
    }
  }
  if (!['tsx', 'jsx', 'js'].includes(ending)) throw new Refused('language')
  const { jsxLanguage, tsxLanguage } = await import('@codemirror/lang-javascript')
  const { parser } = ending === 'tsx' ? tsxLanguage : jsxLanguage
  return {
    parse: (code) => parser.parse(code).topNode,
    tags: { JSXOpenTag: 'JSXBuiltin', JSXSelfClosingTag: 'JSXBuiltin' },
    change: jsxChange,
  }
}

interface Sought {
  code: string
  change: DirectChange
  names: Language['tags']
}

/** The one tag of this name on this line; of several, the one at this column. */
function find(tree: SyntaxNode, { code, change, names }: Sought): SyntaxNode {
  const start = startOf(code, change.line)
  const end = startOf(code, change.line + 1) - 1
  const found: SyntaxNode[] = []
  tree.cursor().iterate(({ name, from, node }) => {
    if (from > end || node.to < start) return false
    const named = names[name] && node.getChild(names[name])
    const isIt = named && code.slice(named.from, named.to).toLowerCase() === change.tag
    if (isIt && from >= start) found.push(node)
    return true
  })
  const exact = found.length > 1 ? found.filter(({ from }) => from === start + change.column - 1) : found
  const [tag, ...more] = exact
  if (!tag || more.length > 0 || isBroken(tag)) throw new Refused('place')
  return tag
}

/** Past the end where there are not so many lines. */
function startOf(code: string, line: number): number {
  const before = code.split('\n', line - 1)
  return before.reduce((sum, { length }) => sum + length + 1, 0)
}

function isBroken(tag: SyntaxNode): boolean {
  let broken = false
  tag.cursor().iterate(({ type }) => {
    broken ||= type.isError
  })
  return broken
}
