import type { ReactNode } from 'react'

const marks = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|_[^_]+_|\[[^\]]+\]\([^)\s]+\))/

/** Bold, italics, code and links inside a line. */
export function Words({ text }: { text: string }) {
  return <>{text.split(marks).map((part, at) => (at % 2 === 1 ? <Marked key={at} part={part} /> : part))}</>
}

function Marked({ part }: { part: string }): ReactNode {
  if (part.startsWith('`'))
    return <code className="rounded bg-ground px-1 font-mono text-[0.9em]">{part.slice(1, -1)}</code>
  if (part.startsWith('**')) return <strong>{part.slice(2, -2)}</strong>
  if (!part.startsWith('[')) return <em>{part.slice(1, -1)}</em>
  const [, text, address = ''] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? []
  // Only addresses of the web: others could run a script.
  if (!/^(?:https?:|mailto:)/i.test(address)) return part
  return (
    <a href={address} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
      {text}
    </a>
  )
}
