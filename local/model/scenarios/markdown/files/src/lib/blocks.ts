import type { Block } from '../types'

/** What a line begins, by its first characters; the first that fits counts. */
const starts: [pattern: RegExp, block: (match: RegExpExecArray) => Block][] = [
  [/^(#{1,3}) +(.+)$/, ([, marks = '#', text = '']) => ({ kind: 'heading', level: levelOf(marks), text })],
  [/^(?:---+|\*\*\*+)$/, () => ({ kind: 'rule' })],
  [/^> ?(.*)$/, ([, text = '']) => ({ kind: 'quote', text })],
  [/^[-*] +(.*)$/, ([, item = '']) => ({ kind: 'list', ordered: false, items: [item] })],
  [/^\d+[.)] +(.*)$/, ([, item = '']) => ({ kind: 'list', ordered: true, items: [item] })],
]

const levelOf = (marks: string): 1 | 2 | 3 => (marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3)

/** Markdown as blocks. Lines that belong together are one block; a fence of code keeps its lines as they are. */
export function blocksOf(source: string): Block[] {
  const parts = source.split(/^```.*\n([\s\S]*?)(?:^```\s*$|(?![\s\S]))/m)
  return parts.flatMap((part, at): Block[] => (at % 2 === 1 ? [{ kind: 'code', text: part.trimEnd() }] : plain(part)))
}

const plain = (text: string): Block[] =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .flatMap((paragraph) => paragraph.trim().split('\n').map(blockOf).reduce(joined, []))

function blockOf(line: string): Block {
  for (const [pattern, block] of starts) {
    const match = pattern.exec(line.trim())
    if (match !== null) return block(match)
  }
  return { kind: 'paragraph', text: line.trim() }
}

function joined(blocks: Block[], next: Block): Block[] {
  const last = blocks.at(-1)
  const rest = blocks.slice(0, -1)
  if (last?.kind === 'list' && next.kind === 'list' && last.ordered === next.ordered)
    return [...rest, { ...last, items: [...last.items, ...next.items] }]
  if (last?.kind === 'quote' && next.kind === 'quote') return [...rest, { ...last, text: `${last.text} ${next.text}` }]
  if (last?.kind === 'paragraph' && next.kind === 'paragraph')
    return [...rest, { ...last, text: `${last.text} ${next.text}` }]
  return [...blocks, next]
}
