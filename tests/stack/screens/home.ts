import { dialog, home, type Screen } from './screen.ts'

const name = 'Habit tracker'

export const atHome: readonly Screen[] = [
  { name: 'home of a newcomer', as: 'newcomer', at: home, sees: (here) => here.text('home_kind_track') },
  { name: 'home', as: 'owner', at: home, sees: (here) => here.button('home_more_of', { name }) },
  {
    name: 'home, as a list',
    as: 'owner',
    at: home,
    does: (here) => here.press('home_as_list'),
    sees: (here) => here.button('home_more_of', { name }),
  },
  {
    name: 'menu of a project',
    as: 'owner',
    at: home,
    does: (here) => here.press('home_more_of', { name }),
    sees: ({ page }) => page.getByRole('menu'),
  },
  ...(['home_icon', 'home_visibility_change'] as const).map((key): Screen => ({
    name: `dialog ${key}`,
    as: 'owner',
    at: home,
    does: async (here) => {
      await here.press('home_more_of', { name })
      await here.page.getByRole('menuitem', { name: here.word(key) }).click()
    },
    sees: dialog,
  })),
  {
    name: 'deleted projects',
    as: 'owner',
    at: home,
    does: (here) => here.press('home_view_deleted'),
    sees: (here) => here.text('home_empty_deleted'),
  },
  {
    name: 'palette',
    as: 'owner',
    at: home,
    does: async (here) => {
      await here.button('home_more_of', { name }).waitFor()
      await here.page.keyboard.press('Control+k')
    },
    sees: ({ page }) => page.getByRole('listbox'),
  },
]
