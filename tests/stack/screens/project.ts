import { dialog, title, type Places, type Screen } from './screen.ts'

const project = (places: Places) => places.project
const settings = (id: string) => (places: Places) => `${places.project}?settings=${id}`

const stage = (key: string, sees: Screen['sees'], does?: Screen['does']): Omit<Screen, 'name'> => ({
  as: 'owner',
  at: project,
  does: async (here) => {
    await here.tab(key)
    await does?.(here)
  },
  sees,
})

export const inProject: readonly Screen[] = [
  { name: 'no such project', as: 'owner', at: () => '/projects/prj_00000000000000000000', sees: title },
  {
    name: 'shortcuts',
    as: 'owner',
    at: project,
    does: async (here) => {
      await here.page.locator('article').last().waitFor()
      await here.page.keyboard.press('?')
    },
    sees: (here) => here.text('commands_keys'),
  },
  { name: 'talk', as: 'owner', at: project, sees: ({ page }) => page.locator('article .fold').first() },
  {
    name: 'steps of a request',
    as: 'owner',
    at: project,
    does: ({ page }) => page.locator('article .fold').last().click(),
    sees: ({ page }) => page.locator('.steps li').first(),
  },
  {
    name: 'how it was made',
    as: 'owner',
    at: project,
    does: (here) => here.press('conversation_how_made'),
    sees: dialog,
  },
  {
    name: 'model and limit',
    as: 'owner',
    at: project,
    does: (here) => here.press('ask_options'),
    sees: (here) => here.text('ask_stop_at'),
  },
  { name: 'preview', ...stage('workbench_tab_preview', ({ page }) => page.locator('iframe')) },
  {
    name: 'more of the preview',
    ...stage(
      'workbench_tab_preview',
      (here) => here.button('preview_on_phone'),
      (here) => here.press('preview_more'),
    ),
  },
  { name: 'code', ...stage('workbench_tab_code', ({ page }) => page.locator('.cm-line').first()) },
  {
    name: 'menu of the code',
    ...stage(
      'workbench_tab_code',
      ({ page }) => page.getByRole('menu'),
      (here) => here.press('code_menu'),
    ),
  },
  {
    name: 'changed code',
    ...stage(
      'workbench_tab_code',
      ({ page }) => page.locator('[role=status]').filter({ hasText: /^\d/ }),
      async (here) => {
        await here.press('code_menu')
        await here.page.getByRole('menuitem', { name: here.word('code_compare_before') }).click()
      },
    ),
  },
  { name: 'versions', ...stage('workbench_tab_versions', (here) => here.button('versions_name')) },
  {
    name: 'versions compared',
    ...stage(
      'workbench_tab_versions',
      (here) => here.text('versions_compared', { older: 1, newer: 2 }),
      async (here) => {
        await here.press('versions_compare')
        await here.page
          .getByRole('button', { name: here.word('versions_compare'), exact: true })
          .last()
          .click()
      },
    ),
  },
  { name: 'console', ...stage('console_tab', ({ page }) => page.getByRole('searchbox')) },
  {
    name: 'sharing',
    as: 'owner',
    at: project,
    does: (here) => here.press('share_title'),
    sees: dialog,
  },
  ...['general', 'secrets', 'sandbox', 'usage', 'members', 'danger'].map((id): Screen => ({
    name: `settings of a project: ${id}`,
    as: 'owner',
    at: settings(id),
    sees: (here) => here.heading(2),
  })),
  {
    name: 'a part that did not load',
    as: 'owner',
    at: project,
    does: async (here) => {
      await here.page.locator('article').last().waitFor()
      await here.page.route('**/_app/immutable/**', (route) => route.abort())
      await here.tab('console_tab')
    },
    sees: (here) => here.text('site_part_away'),
  },
  {
    name: 'offline',
    as: 'owner',
    at: project,
    does: async (here) => {
      await here.page.locator('article').last().waitFor()
      await here.page.context().setOffline(true)
    },
    sees: (here) => here.text('shell_offline'),
  },
]
