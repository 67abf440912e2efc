import { withClass } from './direct-classes.ts'
import type { StyleName } from '#lib/contract.ts'
import { Refused, type DirectChange, type Splice, type SyntaxNode } from './direct-change.ts'
import { inlineSplice, readInline } from './direct-inline.ts'
import { inPlaceOf, mustSay } from './direct-words.ts'

interface Within {
  code: string
  tailwind: boolean
  change: DirectChange
}

/** How the code of an element of JSX becomes what somebody made of it. */
export function jsxChange(tag: SyntaxNode, within: Within): Splice[] {
  const { text, styles } = within.change
  return [
    ...(text === undefined ? [] : [textSplice(tag, within)]),
    ...(Object.keys(styles).length > 0 ? styleSplices(tag, within) : []),
  ]
}

function textSplice(tag: SyntaxNode, { code, change }: Within): Splice {
  const children: SyntaxNode[] = []
  const isText = tag.name === 'JSXOpenTag'
  for (let at = isText ? tag.nextSibling : null; at && at.name !== 'JSXCloseTag'; at = at.nextSibling) {
    // Space with a line end in it shows nothing.
    const written = code.slice(at.from, at.to)
    if (at.name !== 'JSXText' || written.trim() || !written.includes('\n')) children.push(at)
  }
  const [child, ...more] = children
  if (!child || more.length > 0) throw new Refused('text')
  const written = code.slice(child.from, child.to)
  const text = change.text ?? ''
  if (child.name === 'JSXText') {
    mustSay(written, change)
    return { from: child.from, to: child.to, insert: inPlaceOf(written, text, /[&<>{}\u00a0]/g) }
  }
  const string = onlyString(child, code)
  if (!string || /[\\&]/.test(string.value)) throw new Refused('text')
  mustSay(string.value, change)
  const line = inPlaceOf(string.value, text, /$^/g).replaceAll(/[\\'"]/g, (sign) =>
    sign === '\\' || sign === string.quote ? `\\${sign}` : sign,
  )
  return { from: string.from, to: string.to, insert: line }
}

/** The string that is all of `{'…'}` or of an attribute's `"…"`, without its quotes. */
function onlyString(node: SyntaxNode, code: string) {
  const inner = node.name === 'JSXEscape' ? node.getChild('String') : node
  const whole = inner && code.slice(inner.from, inner.to)
  const quote = whole?.[0]
  if (!inner || !whole || (quote !== '"' && quote !== "'")) return null
  // Between the braces there is nothing else.
  if (inner !== node && code.slice(node.from + 1, node.to - 1).trim() !== whole) return null
  return { from: inner.from + 1, to: inner.to - 1, value: whole.slice(1, -1), quote }
}

function styleSplices(tag: SyntaxNode, { code, tailwind, change }: Within): Splice[] {
  // What is spread may bring classes and styles that nobody sees here.
  if (tag.getChild('JSXSpreadAttribute')) throw new Refused('style')
  const classes = attribute(tag, 'className', code)
  const literal = classes && tailwind ? onlyString(classes, code) : null
  const inline = readInline(attribute(tag, 'style', code), code)
  const all = Object.entries(change.styles) as [StyleName, string][]
  const asClass = all.filter(([name]) => literal && !inline.has(name))
  const asStyle = all.filter(([name]) => !literal || inline.has(name))
  const end = (tag.getChild('JSXBuiltin') ?? tag).to
  const splices: Splice[] = asStyle.length > 0 ? inlineSplice(inline, asStyle, end) : []
  if (!literal || asClass.length === 0) return splices
  const { from, to, value } = literal
  return [...splices, { from, to, insert: asClass.reduce(withClass, value) }]
}

/** What an attribute is given; undefined without it, null where it says nothing. */
function attribute(tag: SyntaxNode, name: string, code: string): SyntaxNode | null | undefined {
  const named = tag.getChildren('JSXAttribute').filter((one) => {
    const key = one.getChild('JSXIdentifier')
    return key && code.slice(key.from, key.to) === name
  })
  const [only, ...more] = named
  if (more.length > 0) throw new Refused('style')
  return only && (only.getChild('JSXAttributeValue') ?? only.getChild('JSXEscape'))
}
