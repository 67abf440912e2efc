import { useState } from 'react'

const wish = '{{wish}}'

export function RequestNote() {
  const [open, setOpen] = useState(true)
  if (!open) return null
  return (
    <aside
      aria-label="Wish"
      className="my-4 flex items-start justify-between gap-4 rounded-lg border border-dashed border-accent/60 px-4 py-3 text-sm"
    >
      <p>
        <span className="font-semibold">Asked for:</span> {wish}
      </p>
      <button type="button" onClick={() => setOpen(false)} className="shrink-0 underline underline-offset-4">
        Hide
      </button>
    </aside>
  )
}
