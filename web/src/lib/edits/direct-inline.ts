import type { StyleName } from '#lib/contract.ts'
import { Refused, type Splice, type SyntaxNode } from './direct-change.ts'

/** The `style={{…}}` of an element as it is written. */
export interface Inline {
  has: (name: StyleName) => boolean
  object: SyntaxNode | null
  properties: ReadonlyMap<string, SyntaxNode>
}

const camel = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Refuses what is no plain object, for nobody sees here what it comes to. */
export function readInline(value: SyntaxNode | null | undefined, code: string): Inline {
  const object = value?.getChild('ObjectExpression') ?? null
  if (value !== undefined && !object) throw new Refused('style')
  const properties = new Map<string, SyntaxNode>()
  for (const property of object?.getChildren('Property') ?? []) {
    const key = property.getChild('PropertyDefinition') ?? property.getChild('String')
    const written = property.lastChild
    if (!key || !written || property.firstChild?.from !== key.from || key.to === property.to) throw new Refused('style')
    properties.set(code.slice(key.from, key.to).replaceAll(/['"]/g, ''), written)
  }
  return { has: (name) => properties.has(camel(name)) || mixes(properties, name), object, properties }
}

/** `paddingTop` beside `padding`: which of them wins is a matter of order, and of React. */
function mixes(properties: Inline['properties'], name: StyleName): boolean {
  const [stem = ''] = name.split('-')
  const related = { padding: /^padding./, margin: /^margin./, border: /^border.*Radius$/, background: /^background$/ }
  const pattern = (related as Record<string, RegExp>)[stem]
  return [...properties.keys()].some((key) => key !== camel(name) && pattern?.test(key))
}

/** `at` is where an attribute can go. */
export function inlineSplice(inline: Inline, styles: [StyleName, string][], at: number): Splice[] {
  const { object, properties } = inline
  const told = styles.map(([name, value]) => `${camel(name)}: ${valueOf(name, value)}`)
  if (!object) return [{ from: at, to: at, insert: ` style={{ ${told.join(', ')} }}` }]
  if (styles.some(([name]) => mixes(properties, name))) throw new Refused('style')
  const there = styles.flatMap(([name, value]) => {
    const written = properties.get(camel(name))
    if (written && !['String', 'Number'].includes(written.name)) throw new Refused('style')
    return written ? [{ from: written.from, to: written.to, insert: valueOf(name, value) }] : []
  })
  const more = told.filter((_, index) => !properties.has(camel(styles[index]?.[0] ?? '')))
  if (more.length === 0) return there
  const last = object.getChildren('Property').at(-1)
  const from = last?.to ?? object.from + 1
  return [...there, { from, to: from, insert: last ? `, ${more.join(', ')}` : ` ${more.join(', ')} ` }]
}

const valueOf = (name: StyleName, value: string) => (name === 'font-weight' ? value : `'${value}'`)
