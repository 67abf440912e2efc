import type { Block } from '../types'
import { Words } from './Words'

const sizes = { 1: 'text-3xl font-semibold', 2: 'text-2xl font-semibold', 3: 'text-xl font-semibold' }

export function Preview({ blocks }: { blocks: Block[] }) {
  return (
    <section aria-label="Preview" className="panel grid content-start gap-4 leading-relaxed wrap-anywhere">
      {blocks.length === 0 ? <p className="meta">What you write shows here.</p> : null}
      {blocks.map((block, at) => (
        <Shown key={at} block={block} />
      ))}
    </section>
  )
}

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <Heading {...block} />
    case 'list':
      return <List {...block} />
    case 'quote':
      return (
        <blockquote className="border-l-4 border-accent pl-4">
          <Words text={block.text} />
        </blockquote>
      )
    case 'code':
      return (
        <pre tabIndex={0} className="overflow-x-auto rounded-lg bg-ground p-3 font-mono text-sm">
          {block.text}
        </pre>
      )
    case 'rule':
      return <hr className="border-line" />
    case 'paragraph':
      return (
        <p>
          <Words text={block.text} />
        </p>
      )
  }
}

// The page has its own first heading, so those of the text stand one level below.
function Heading({ level, text }: { level: 1 | 2 | 3; text: string }) {
  const Tag = (['h2', 'h3', 'h4'] as const)[level - 1] ?? 'h4'
  return (
    <Tag className={sizes[level]}>
      <Words text={text} />
    </Tag>
  )
}

function List({ ordered, items }: { ordered: boolean; items: string[] }) {
  const Tag = ordered ? 'ol' : 'ul'
  return (
    <Tag className={`${ordered ? 'list-decimal' : 'list-disc'} grid gap-1 pl-6`}>
      {items.map((item, at) => (
        <li key={at}>
          <Words text={item} />
        </li>
      ))}
    </Tag>
  )
}
