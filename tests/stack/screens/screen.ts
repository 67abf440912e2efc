import type { Locator } from 'playwright-core'
import type { Here } from './here.ts'

/** What a screen is made of: addresses of this stack. */
export interface Places {
  project: string
  shared: string
  organization: string
  invited: string
}

export interface Screen {
  name: string
  /** Who looks: somebody signed in who has a project, somebody who has none, or nobody we know. */
  as: 'owner' | 'newcomer' | 'stranger'
  at: (places: Places) => string
  /** What is done there before one looks. */
  does?: (here: Here) => Promise<unknown>
  /** What shows that all is there. */
  sees: (here: Here) => Locator
}

export const home = () => '/'
export const title = (here: Here) => here.heading(1)
export const dialog = ({ page }: Here) => page.getByRole('dialog')
