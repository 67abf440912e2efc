import { useState } from 'react'
import { Preview } from './components/Preview'
import { blocksOf } from './lib/blocks'
import { useStored } from './lib/use-stored'

const first = `# Hello

Write **Markdown** on one side and read it on the other.

- headings, lists and quotes
- \`code\`, *italics* and [links](https://commonmark.org)

> Everything stays in this browser.
`

export function App() {
  const [source, setSource] = useStored('source', () => first)
  const [copied, setCopied] = useState(false)

  const copy = async () => {
    await navigator.clipboard.writeText(source).catch(() => undefined)
    setCopied(true)
  }

  return (
    <main className="mx-auto flex min-h-svh max-w-6xl flex-col px-5 py-8">
      <header className="mb-5 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-2xl font-semibold tracking-tight text-balance">{{ title }}</h1>
        <p className="meta">{source.split(/\s+/).filter(Boolean).length} words</p>
        <button type="button" onClick={copy} className="quiet">
          {copied ? 'Copied' : 'Copy'}
        </button>
      </header>
      <div className="grid flex-1 gap-4 md:grid-cols-2">
        <textarea
          value={source}
          onChange={(event) => {
            setSource(event.target.value)
            setCopied(false)
          }}
          aria-label="Markdown"
          spellCheck
          className="field min-h-80 resize-y font-mono leading-relaxed"
        />
        <Preview blocks={blocksOf(source)} />
      </div>
    </main>
  )
}
