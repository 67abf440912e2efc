import type { OrganizationId } from '#lib/contract.ts'

const key = 'everjust:organization'

/** The organization whose projects one looks at and adds to; null is the personal one. */
export const chosenOrganization = () => localStorage.getItem(key) as OrganizationId | null

export function chooseOrganization(id: OrganizationId | null): void {
  if (id) localStorage.setItem(key, id)
  else localStorage.removeItem(key)
}

/** An address about the projects of that organization. */
export function ofChosen(path: string): string {
  const id = chosenOrganization()
  return id ? `${path}${path.includes('?') ? '&' : '?'}organizationId=${id}` : path
}

/** What a body says to be about that organization. */
export const inChosen = (): { organizationId?: OrganizationId } => {
  const organizationId = chosenOrganization()
  return organizationId ? { organizationId } : {}
}
