/** What was typed for a key while its person is away to sign in again. */
export interface KeptForm {
  of: string | null
  name: string
  scopes: string[]
  days: 7 | 30 | 90 | 365
}

const place = 'everjust:key-form'

export const keepForm = (form: KeptForm) => sessionStorage.setItem(place, JSON.stringify(form))

/** Told once, and to whom it belongs. */
export function takeForm(of: string | null): KeptForm | undefined {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null') as KeptForm | null
  if (!kept || kept.of !== of) return undefined
  sessionStorage.removeItem(place)
  return kept
}

export const hasForm = (of: string | null): boolean =>
  (JSON.parse(sessionStorage.getItem(place) ?? 'null') as KeptForm | null)?.of === of
