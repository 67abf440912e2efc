import type { Masked } from '#lib/contract.ts'

/** A key or password of a request that was masked before it was stored; `value` is known to this page alone. */
export interface MaskedValue extends Masked {
  value: string
}

/**
 * What stood where the stored prompt has placeholders. A value that cannot be told for certain is left empty: the
 * person types it then.
 */
export function maskedValues(typed: string, stored: string, masked: readonly Masked[]): MaskedValue[] {
  const pieces = piecesOf(stored.trim(), [...new Set(masked.map(({ placeholder }) => placeholder))])
  const found = valuesIn(typed.trim(), pieces)
  return masked.map((item) => ({ ...item, value: found.get(item.placeholder) ?? '' }))
}

interface Piece {
  /** The words as they stand before a placeholder, and the placeholder; null at the end. */
  words: string
  placeholder: string | null
}

function piecesOf(stored: string, placeholders: readonly string[]): Piece[] {
  const places = placeholders.map((placeholder) => ({ placeholder, at: stored.indexOf(placeholder) }))
  const first = places.filter(({ at }) => at >= 0).toSorted((a, b) => a.at - b.at)[0]
  if (!first) return [{ words: stored, placeholder: null }]
  const { at, placeholder } = first
  const rest = stored.slice(at + placeholder.length)
  return [{ words: stored.slice(0, at), placeholder }, ...piecesOf(rest, placeholders)]
}

/** The words between the placeholders must stand in what was typed just so; otherwise nothing is known. */
function valuesIn(typed: string, pieces: readonly Piece[]): Map<string, string> {
  const values = new Map<string, string>()
  let from = 0
  let open: string | null = null
  for (const { words, placeholder } of pieces) {
    const last = placeholder === null
    const at = last ? typed.length - words.length : typed.indexOf(words, from)
    if (at < from || !typed.startsWith(words, at) || (open === null && at !== from)) return new Map()
    if (open !== null) values.set(open, typed.slice(from, at))
    from = at + words.length
    open = placeholder
  }
  return values
}
