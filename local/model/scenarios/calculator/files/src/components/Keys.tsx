const rows = [
  ['C', '±', '%', '÷'],
  ['7', '8', '9', '×'],
  ['4', '5', '6', '−'],
  ['1', '2', '3', '+'],
  ['0', '.', '⌫', '='],
]

const spoken: Record<string, string> = {
  C: 'Clear',
  '±': 'Change sign',
  '⌫': 'Delete digit',
  '.': 'Point',
}

export function Keys({ onKey }: { onKey: (key: string) => void }) {
  return (
    <div role="group" aria-label="Keys" className="grid grid-cols-4 gap-2">
      {rows.flat().map((key) => (
        <button
          key={key}
          type="button"
          aria-label={spoken[key]}
          // A key that was pressed by mouse does not take the Enter that belongs to the sum.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onKey(key)}
          className={`h-16 rounded-2xl border text-2xl font-medium ${/[÷×−+=]/.test(key) ? 'border-accent bg-accent text-on-accent' : 'border-line bg-surface hover:border-accent'}`}
        >
          {key}
        </button>
      ))}
    </div>
  )
}
