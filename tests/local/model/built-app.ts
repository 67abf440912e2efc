import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { atRest } from '../../templates/at-rest.ts'
import { complaintsOf, openBrowser } from '../../templates/browser.ts'
import { makeProject } from '../../templates/project.ts'
import type { Project } from '../../templates/project.ts'
import { converse } from './conversation.ts'
import type { Conversation } from './conversation.ts'

export type BuiltApp = AsyncDisposable & {
  project: Project
  talk: Conversation
  page: Page
  complaints: string[]
  said: string
}

/** Lets the scripted model build an app from a sentence and opens it in a browser, with what the page complains about. */
export async function buildApp(prompt: string, template: 'react' | 'static' = 'react'): Promise<BuiltApp> {
  const stack = new AsyncDisposableStack()
  const project = stack.use(await makeProject(template))
  const talk = stack.use(await converse(project, template))
  const said = await talk.ask(prompt)
  await passChecks(project, talk)
  const { url } = await project.dev()
  const browser = stack.use(await openBrowser())
  const page = await (await browser.newContext()).newPage()
  const complaints = complaintsOf(page)
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { project, talk, page, complaints, said, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

/** Runs check and build; a failed check goes back to the model once, as the runner does it. Answers how often that was needed. */
export async function passChecks(project: Project, talk: Conversation): Promise<number> {
  const report = await project.script('check').then(
    () => undefined,
    (error: Error) => error.message,
  )
  if (report !== undefined) {
    await talk.ask(`Checks failed:\n${report}`)
    await project.script('check')
  }
  await project.script('build')
  return report === undefined ? 0 : 1
}

/** Fails on what axe finds, in light and dark, and on a page that is wider than a phone. */
export async function looksRight(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await atRest(page)
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    )
    assert.deepEqual(found, [])
  }
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 740 })
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
  if (size !== null) await page.setViewportSize(size)
}
