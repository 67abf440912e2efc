import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

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

const folder = join(import.meta.dirname, '../../../web/messages')
const wordsOf = (language: string): Record<string, unknown> =>
  Object.assign(
    {},
    ...globSync(`${language}/*.json`, { cwd: folder }).map((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ),
  )
