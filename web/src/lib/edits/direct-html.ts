import { Refused, type DirectChange, type Splice, type SyntaxNode } from './direct-change.ts'
import { inPlaceOf, mustSay } from './direct-words.ts'

interface Within {
  code: string
  change: DirectChange
}

/** How the code of an element of a page becomes what somebody made of it. */
export function htmlChange(tag: SyntaxNode, within: Within): Splice[] {
  const { text, styles } = within.change
  return [
    ...(text === undefined ? [] : [textSplice(tag, within)]),
    ...(Object.keys(styles).length > 0 ? [styleSplice(tag, within)] : []),
  ]
}

const wordsOnly = /^(?:Text|EntityReference|CharacterReference)$/

function textSplice(tag: SyntaxNode, { code, change }: Within): Splice {
  let last: SyntaxNode | null = null
  for (let at = tag.nextSibling; at && at.name !== 'CloseTag'; at = at.nextSibling) {
    if (!wordsOnly.test(at.name)) throw new Refused('text')
    last = at
  }
  if (!last) throw new Refused('text')
  const written = code.slice(tag.to, last.to)
  mustSay(written, change)
  return { from: tag.to, to: last.to, insert: inPlaceOf(written, change.text ?? '', /[&<>\u00a0]/g) }
}

function styleSplice(tag: SyntaxNode, { code, change }: Within): Splice {
  const attribute = tag.getChildren('Attribute').find((one) => nameOf(one, code) === 'style')
  if (!attribute) {
    const at = tag.getChild('TagName')?.to ?? tag.from
    return { from: at, to: at, insert: ` style="${merged('', change.styles)}"` }
  }
  const value = attribute.getChild('AttributeValue') ?? attribute.getChild('UnquotedAttributeValue')
  const written = value ? code.slice(value.from, value.to) : '""'
  const quote = /^['"]/.exec(written)?.[0]
  const insert = merged(quote ? written.slice(1, -1) : written, change.styles)
  return { from: attribute.from, to: attribute.to, insert: `style=${quote ?? '"'}${insert}${quote ?? '"'}` }
}

function nameOf(attribute: SyntaxNode, code: string): string {
  const name = attribute.getChild('AttributeName')
  return name ? code.slice(name.from, name.to).toLowerCase() : ''
}

/** The declarations with these: in place of their namesakes, or at the end, where they win over what says more. */
function merged(declarations: string, styles: DirectChange['styles']): string {
  // A semicolon within one of these ends no declaration, and what is important stays so wherever it stands.
  if (/["'(&!]|\/\*/.test(declarations)) throw new Refused('style')
  return Object.entries(styles).reduce((all, [name, value]) => {
    const same = new RegExp(`(^|;)(\\s*)${name}\\s*:[^;]*`, 'gi')
    const rest = all
      .replaceAll(same, '')
      .replace(/^\s*;\s*/, '')
      .replace(/;?\s*$/, '')
    return `${rest}${rest && '; '}${name}: ${value}`
  }, declarations)
}
