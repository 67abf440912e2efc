import { home, type Screen } from './screen.ts'

export const account: readonly Screen[] = [
  {
    name: 'account',
    as: 'owner',
    at: home,
    does: (here) => here.press('site_account', { name: 'Operations' }),
    sees: (here) => here.button('site_sign_out'),
  },
  {
    name: 'plan and billing',
    as: 'newcomer',
    at: () => '/settings',
    does: (here) =>
      here.page
        .getByRole('link', { name: here.word('billing_look_after') })
        .first()
        .click(),
    sees: (here) => here.text('billing_more'),
  },
  { name: 'settings', as: 'owner', at: () => '/settings', sees: (here) => here.text('settings_own_limits') },
  {
    name: 'nothing to link',
    as: 'owner',
    at: () => '/settings/sign-in/link',
    sees: (here) => here.text('sign_in_link_over'),
  },
  { name: 'usage', as: 'owner', at: () => '/settings/usage', sees: (here) => here.text('usage_by_about') },
  {
    name: 'the plan of somebody',
    as: 'newcomer',
    at: () => '/settings/plan',
    sees: (here) => here.text('billing_team_plan'),
  },
]
