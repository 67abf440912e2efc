import { home, title, type Places, type Screen } from './screen.ts'

const project = (places: Places) => places.project

export const strangers: readonly Screen[] = [
  { name: 'front', as: 'stranger', at: home, sees: title },
  { name: 'no such address', as: 'stranger', at: () => '/nowhere', sees: title },
  { name: 'a project, not signed in', as: 'stranger', at: project, sees: title },
  { name: 'the settings, not signed in', as: 'stranger', at: () => '/settings', sees: title },
  {
    name: 'prices',
    as: 'stranger',
    at: () => '/pricing',
    sees: ({ page }) =>
      page
        .getByText(/\$19|19\s\$/)
        .filter({ visible: true })
        .first(),
  },
  { name: 'what is stored', as: 'stranger', at: () => '/data', sees: (here) => here.text('privacy_kind_receipts') },
  { name: 'a shared app', as: 'stranger', at: ({ shared }) => shared, sees: ({ page }) => page.locator('iframe') },
  {
    name: 'a link that is over',
    as: 'stranger',
    at: () => '/share/nothing-is-here',
    sees: (here) => here.text('share_over'),
  },
  { name: 'an invitation', as: 'stranger', at: ({ invited }) => invited, sees: title },
  {
    name: 'an invitation that is over',
    as: 'stranger',
    at: () => '/join/nothing-is-here-any-more',
    sees: (here) => here.text('teams_join_over'),
  },
  { name: 'no such receipt', as: 'stranger', at: () => '/receipts/rcp_00000000000000000000', sees: title },
]
