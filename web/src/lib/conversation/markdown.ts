import { Lexer, type MarkedToken, type Token } from 'marked'
import { unescaped } from '#lib/site/entities.ts'

/** A piece of a page: words, a block of code, or one of a few elements. */
export type Part = string | Code | Piece

interface Code {
  language: string
  code: string
}

interface Piece {
  tag: string
  attributes?: Readonly<Record<string, string | number>>
  /** None in what can hold nothing. */
  parts?: readonly Part[]
}

/** Markdown of the model as it may be shown: text and links only, no images, no styles; markup in it stays words. */
export const pageOf = (markdown: string): Part[] => partsOf(new Lexer({ gfm: true }).lex(markdown))

const partsOf = (tokens: readonly Token[]): Part[] => tokens.flatMap(partOf)

function partOf(token: Token): Part | Part[] {
  const show = shown[token.type as Kind] as ((known: Token) => Part | Part[]) | undefined
  return show ? show(token) : token.raw
}

type Kind = MarkedToken['type']
type Ways = { [One in Kind]: (token: Extract<MarkedToken, { type: One }>) => Part | Part[] }

const ownTab = { target: '_blank', rel: 'noopener noreferrer' }
const none = () => []
const words = (text: string) => unescaped(text, (entity) => entity)
const around = (tag: string) => (token: { tokens?: Token[] }) => ({ tag, parts: partsOf(token.tokens ?? []) })
const row = (tag: string, cells: readonly { tokens: Token[] }[]) => ({ tag: 'tr', parts: cells.map(around(tag)) })

const shown: Ways = {
  space: none,
  def: none,
  text: ({ text, tokens }) => (tokens ? partsOf(tokens) : words(text)),
  escape: ({ text }) => text,
  html: ({ text }) => (/^<br *\/?>$/i.test(text) ? { tag: 'br' } : text),
  image: ({ text }) => words(text),
  checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  br: () => ({ tag: 'br' }),
  hr: () => ({ tag: 'hr' }),
  paragraph: around('p'),
  blockquote: around('blockquote'),
  strong: around('strong'),
  em: around('em'),
  del: around('del'),
  list_item: around('li'),
  heading: ({ depth, tokens }) => ({ tag: `h${depth}`, parts: partsOf(tokens) }),
  list: ({ ordered, start, items }) =>
    ordered
      ? { tag: 'ol', attributes: { start: Number(start) }, parts: items.map(around('li')) }
      : { tag: 'ul', parts: items.map(around('li')) },
  link: ({ href, tokens }) => {
    const parts = partsOf(tokens)
    const isOfTheWeb = /^https?:/i.test(href)
    return isOfTheWeb ? { tag: 'a', attributes: { href, ...ownTab }, parts } : parts
  },
  codespan: ({ text }) => ({ tag: 'code', parts: [text] }),
  code: ({ text, lang }) => ({ language: lang?.split(/\s/)[0] ?? '', code: text }),
  table: ({ header, rows }) => ({
    tag: 'table',
    parts: [
      { tag: 'thead', parts: [row('th', header)] },
      { tag: 'tbody', parts: rows.map((cells) => row('td', cells)) },
    ],
  }),
}
