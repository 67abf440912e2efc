import { dialog, home, type Screen } from './screen.ts'

export const organizations: readonly Screen[] = [
  {
    name: 'people of an organization',
    as: 'owner',
    at: ({ organization }) => organization,
    sees: (here) => here.text('teams_invitations'),
  },
  {
    name: 'an organization in general',
    as: 'owner',
    at: ({ organization }) => `${organization}/general`,
    sees: (here) => here.text('teams_transfer_part'),
  },
  {
    name: 'audit log of an organization',
    as: 'owner',
    at: ({ organization }) => `${organization}/audit`,
    sees: ({ page }) => page.getByTitle('organization.make'),
  },
  { name: 'making an organization', as: 'newcomer', at: home, does: (here) => here.press('teams_make'), sees: dialog },
]
