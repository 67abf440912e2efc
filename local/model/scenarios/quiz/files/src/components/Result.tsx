type Props = { right: number; of: number; best: number; onAgain: () => void }

export function Result({ right, of, best, onAgain }: Props) {
  return (
    <section aria-live="polite" className="panel grid justify-items-center gap-4 py-12 text-center">
      <h2 className="text-3xl font-semibold">
        Your score: {right} of {of}
      </h2>
      <p className="meta">{right >= best ? 'Nobody here was better.' : `The best so far is ${best}.`}</p>
      <button type="button" onClick={onAgain} className="press">
        Play again
      </button>
    </section>
  )
}
