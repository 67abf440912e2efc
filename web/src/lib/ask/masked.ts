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
  const placeholders = [...new Set(masked.map(({ placeholder }) => placeholder))].filter(Boolean)
  const splits = new RegExp(`(${placeholders.map((text) => RegExp.escape(text)).join('|')})`)
  const pieces = placeholders.length > 0 ? stored.split(splits) : [stored]
  const pattern = pieces.map((piece) => (placeholders.includes(piece) ? '([^]+?)' : RegExp.escape(piece)))
  const found = new RegExp(`^\\s*${pattern.join('')}\\s*$`).exec(typed)
  const names = pieces.filter((piece) => placeholders.includes(piece))
  return masked.map((item) => ({ ...item, value: found?.[names.indexOf(item.placeholder) + 1] ?? '' }))
}
