import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

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

/** A page in one of our languages, whose words are looked up as the page itself does. */
export class Here {
  readonly page: Page
  readonly #words: Record<string, unknown>

  constructor(page: Page, language: string) {
    this.page = page
    this.#words = wordsOf(language)
  }

  word(key: string, values: Record<string, string | number> = {}): string {
    const word = this.#words[key]
    if (typeof word !== 'string') throw new Error(`no plain message ${key}`)
    return word.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
  }

  button(key: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole('button', { name: this.word(key, values), exact: true }).first()
  }

  press(key: string, values?: Record<string, string | number>): Promise<void> {
    return this.button(key, values).click()
  }

  /** Opens a tab of the stage, whether it stands above it or at the bottom of a phone. */
  async tab(key: string): Promise<void> {
    const name = this.word(key)
    await this.page.getByRole('tab', { name }).or(this.page.getByRole('navigation').getByText(name)).first().click()
  }

  text(key: string, values?: Record<string, string | number>): Locator {
    return this.page.getByText(this.word(key, values)).first()
  }

  heading(level: number): Locator {
    return this.page.getByRole('heading', { level }).first()
  }
}

const folder = join(import.meta.dirname, '../../web/messages')
const wordsOf = (language: string): Record<string, unknown> =>
  Object.assign(
    {},
    ...globSync(`${language}/*.json`, { cwd: folder }).map((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ),
  )

const home = () => '/'
const project = (places: Places) => places.project
const settings = (id: string) => (places: Places) => `${places.project}?settings=${id}`
const title = (here: Here) => here.heading(1)
const name = 'Habit tracker'
const dialog = ({ page }: Here) => page.getByRole('dialog')
const stage = (key: string, sees: Screen['sees'], does?: Screen['does']): Omit<Screen, 'name'> => ({
  as: 'owner',
  at: project,
  does: async (here) => {
    await here.tab(key)
    await does?.(here)
  },
  sees,
})

/** The pages and states of the site, each as somebody comes to it. */
export const screens: readonly Screen[] = [
  { name: 'front', as: 'stranger', at: home, sees: title },
  { name: 'no such address', as: 'stranger', at: () => '/nowhere', sees: title },
  { name: 'a project, not signed in', as: 'stranger', at: project, sees: title },
  { name: 'the settings, not signed in', as: 'stranger', at: () => '/settings', sees: title },
  {
    name: 'prices',
    as: 'stranger',
    at: () => '/pricing',
    sees: ({ page }) => page.getByText('$19').filter({ visible: true }),
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
  { name: 'home of a newcomer', as: 'newcomer', at: home, sees: (here) => here.text('home_kind_track') },
  { name: 'no such project', as: 'owner', at: () => '/projects/prj_00000000000000000000', sees: title },
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
  { name: 'operator: figures', as: 'owner', at: () => '/operator', sees: (here) => here.text('operator_economics') },
  ...(['people', 'organizations', 'runs', 'flags', 'announcements'] as const).map((tab): Screen => ({
    name: `operator: ${tab}`,
    as: 'owner',
    at: () => `/operator/${tab}`,
    sees: title,
  })),
  {
    name: 'nothing to link',
    as: 'owner',
    at: () => '/settings/sign-in/link',
    sees: (here) => here.text('sign_in_link_over'),
  },
  { name: 'sign-ins', as: 'owner', at: () => '/settings/sign-in', sees: (here) => here.text('sign_in_here') },
  { name: 'usage', as: 'owner', at: () => '/settings/usage', sees: (here) => here.text('usage_by_about') },
  {
    name: 'the plan of somebody',
    as: 'newcomer',
    at: () => '/settings/plan',
    sees: (here) => here.text('billing_team_plan'),
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
