import type { DeletionDesk } from '../context.ts'
import { elsewhere, type Outside } from '../domain/holdings.ts'
import type { NamesOutside } from '../store/receipt-work.ts'

interface Place {
  remove(name: string): Promise<void>
  knows(name: string): Promise<boolean>
}

const places: Record<Outside, (desk: DeletionDesk) => Place> = {
  issuer: ({ identities }) => identities,
  companies: ({ companies }) => companies,
  payments: ({ payments }) => ({
    remove: (customer) => payments.forget(customer),
    knows: (customer) => payments.knows(customer),
  }),
}

/** Has everything removed that others keep under these names. What is gone already stays so. */
export async function removeOutside(desk: DeletionDesk, names: NamesOutside): Promise<void> {
  for (const [name, place] of Object.entries(names)) await places[place](desk).remove(name)
}

/** How many of these names are still known, by what a receipt calls the place. */
export async function leftOutside(desk: DeletionDesk, names: NamesOutside): Promise<Record<string, number>> {
  const counts = Object.fromEntries(Object.keys(places).map((place) => [elsewhere[place as Outside].counted, 0]))
  for (const [name, place] of Object.entries(names)) {
    const { counted } = elsewhere[place]
    if (await places[place](desk).knows(name)) counts[counted] = (counts[counted] ?? 0) + 1
  }
  return counts
}
