import { readFile } from 'node:fs/promises'
import { call } from '../reply.ts'
import type { ReplyBlock } from '../reply.ts'
import type { Turn } from '../turn.ts'

/** A change to an app that stands already. */
export type Change = {
  asks: (prompt: string) => boolean
  /** The reply that comes next; `undefined` when this project has no place for the change. The first move was to read. */
  next: (turn: Turn) => Promise<ReplyBlock[] | undefined> | ReplyBlock[] | undefined
}

export const edit = (path: string, from: string, to: string): ReplyBlock =>
  call('edit', { file_path: path, old_string: from, new_string: to })

export const editAll = (path: string, from: string, to: string): ReplyBlock =>
  call('edit', { file_path: path, old_string: from, new_string: to, replace_all: true })

/** Writes one of the ready files that changes bring along, with its placeholders filled. */
export async function write(path: string, source: string, words: Record<string, string> = {}): Promise<ReplyBlock> {
  const text = await readFile(new URL(`files/${source}`, import.meta.url), 'utf8')
  const content = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => words[name] ?? whole)
  return call('write', { file_path: path, content })
}

type Placing = { name: string; markup: string; place: 'inside' | 'below' }

/** Imports a component in App.tsx and puts it into the header or below it: one edit, so that the page never sees half of it. */
export function placing(app: string, { name, markup, place }: Placing): ReplyBlock[] {
  const [first = ''] = app.split('\n')
  const [end] = headerEnd(app)
  if (end === undefined || !first.startsWith('import ')) return []
  const [closing, indent] = end
  const upTo = app.slice(0, app.indexOf(closing))
  const imported = `${first}\nimport { ${name} } from './components/${name}'${upTo.slice(first.length)}`
  const placed = place === 'inside' ? `${indent}  ${markup}\n${closing}` : `${closing}\n${indent}${markup}`
  return [edit('src/App.tsx', upTo + closing, imported + placed)]
}

/** Puts a line of markup right below the header of a page. */
export const belowHeader = (path: string, text: string, markup: string): ReplyBlock[] =>
  headerEnd(text).map(([closing, indent]) => edit(path, closing, `${closing}\n${indent}${markup}`))

const headerEnd = (text: string): [closing: string, indent: string][] => {
  const line = /^([ \t]*)<\/header>$/m.exec(text)
  return line === null ? [] : [[line[0], line[1] ?? '']]
}

export const hasHeader = (text: string | undefined): text is string =>
  text !== undefined && /^[ \t]*<\/header>$/m.test(text)
