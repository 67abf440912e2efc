import { useState } from 'react'
import type { DragEvent, ReactNode } from 'react'

type Props = { name: string; count: number; onDropCard: (id: string) => void; children: ReactNode }

export function Column({ name, count, onDropCard, children }: Props) {
  const [over, setOver] = useState(false)

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onDropCard(event.dataTransfer.getData('text/plain'))
  }

  return (
    <section
      aria-label={name}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onDropCapture={() => setOver(false)}
      className={`flex min-h-40 flex-col rounded-xl p-3 transition-colors ${over ? 'bg-accent-soft' : 'bg-lane'}`}
    >
      <h2 className="flex items-baseline justify-between px-1 pb-3 text-sm font-semibold">
        {name}
        <span className="tabular-nums text-muted">{count}</span>
      </h2>
      {count === 0 ? (
        <p className="grid flex-1 place-items-center rounded-lg border border-dashed border-line p-6 text-center text-sm text-muted">
          Nothing here. Drop a card.
        </p>
      ) : (
        <ul className="grid gap-2">{children}</ul>
      )}
    </section>
  )
}
