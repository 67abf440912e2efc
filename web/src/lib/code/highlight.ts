import type { HighlighterCore } from 'shiki/core'

/** A run of characters of one colour; `tone` names a class of the viewer. */
export interface Piece {
  text: string
  tone: string
}

const byEnding = {
  ts: 'typescript',
  tsx: 'tsx',
  js: 'javascript',
  jsx: 'tsx',
  mjs: 'javascript',
  css: 'css',
  html: 'html',
  svg: 'html',
  json: 'json',
  md: 'markdown',
} as const
type Language = (typeof byEnding)[keyof typeof byEnding]

const grammars = {
  typescript: () => import('shiki/langs/typescript.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
} satisfies Record<Language, () => Promise<unknown>>

/** A theme of names instead of colours: light and dark are the style sheet's matter, and no inline style is needed. */
const scopes: Record<string, string[]> = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'markup.inline.raw', 'constant.other.color'],
  keyword: ['keyword', 'storage', 'support.type.property-name.css', 'markup.heading'],
  constant: ['constant.numeric', 'constant.language', 'variable.other.constant', 'keyword.other.unit'],
  function: ['entity.name.function', 'support.function', 'markup.underline.link'],
  type: ['entity.name.type', 'support.type.primitive', 'support.class', 'entity.name.tag', 'support.class.component'],
  property: ['support.type.property-name', 'entity.other.attribute-name', 'variable.other.property'],
}
const tones = Object.keys(scopes)
const plain = '#000000'
const colourOf = (index: number) => `#00000${index + 1}`

let opened: Promise<HighlighterCore> | null = null

/** The text's lines in coloured pieces; a language that is not known gives plain lines. */
export async function highlight(path: string, text: string): Promise<Piece[][]> {
  const language = languageOf(path)
  if (!language) return plainLines(text)
  opened ??= openHighlighter()
  const highlighter = await opened
  const grammar = await grammars[language]()
  await highlighter.loadLanguage(grammar.default)
  const lines = highlighter.codeToTokensBase(text, { lang: language, theme: 'names' })
  return lines.map((line) => line.map(({ content, color }) => ({ text: content, tone: toneOf(color) })))
}

export function plainLines(text: string): Piece[][] {
  return text.split('\n').map((line) => [{ text: line, tone: '' }])
}

function languageOf(path: string): Language | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return byEnding[ending as keyof typeof byEnding]
}

function toneOf(colour: string | undefined): string {
  return tones[Number.parseInt(colour?.slice(1) ?? '0', 16) - 1] ?? ''
}

async function openHighlighter(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ])
  const settings = tones.map((tone, index) => ({
    scope: scopes[tone] ?? [],
    settings: { foreground: colourOf(index) },
  }))
  const theme = { name: 'names', settings: [{ settings: { foreground: plain, background: '#ffffff' } }, ...settings] }
  return createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) })
}
