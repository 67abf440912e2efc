import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('a person who has no mouse and sees no screen', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  page.setDefaultTimeout(60_000)
  await page.addInitScript(listen)
  const { press, type } = page.keyboard
  const keys = { press: press.bind(page.keyboard), type: type.bind(page.keyboard) }
  const tab = (name: string) => page.getByRole('tab', { name, selected: true }).waitFor()
  const rows = page.getByRole('tabpanel', { name: 'Versions' }).getByRole('listitem')
  const editor = page.getByRole('textbox', { name: /^Text of .*Escape/ })
  const dialog = page.getByRole('dialog')
  const reach = (target: Locator, key?: 'Shift+Tab') => reachBySight(page, target, key)
  /** Opens a dialog by a button and leaves it again: the focus is back where it was. */
  const lookInto = async (opener: Locator) => {
    await reach(opener)
    await keys.press('Enter')
    await dialog.waitFor()
    await page.waitForFunction(() => document.querySelector('dialog:modal')?.contains(document.activeElement))
    await keys.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await focused(opener)
  }
  const step = stepsOf(t, stack)

  await step('signs in', async () => {
    await page.goto(stack.url)
    await reach(button('Sign in'))
    await keys.press('Enter')
    await page.waitForURL('**/u/login**')
    await reach(button(/Ada Lovelace/))
    await keys.press('Enter')
    await ada.heading('What shall we build?').waitFor()
  })

  await step('describes an app, answers what is asked back, and hears how it goes', async () => {
    await reach(page.getByLabel('What should be built?'))
    await keys.type('a habit tracker with streaks, but first ask me for the colour')
    await keys.press('Enter')
    await page.getByRole('region', { name: 'A question to you' }).waitFor()
    await reach(button('Teal'))
    await keys.press('Enter')
    await page.getByRole('banner').getByText('checks pass').waitFor()
    await page.waitForFunction(() => (globalThis as unknown as { heard: string[] }).heard.includes('Done.'))
    const heard = (await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).filter(Boolean)
    assert.deepEqual(
      heard.filter((text, at) => text === heard[at - 1]),
      [],
      'nothing is said twice in a row',
    )
    assert.ok(heard.some((text) => text.startsWith('A question to you')))
    assert.ok(heard.length <= 20, `too much is said: ${JSON.stringify(heard)}`)
  })

  await step('looks into what opens above the page, and is back where it was', async () => {
    await lookInto(button('Share the running app'))
    await lookInto(button('How it was made').last())
    await reach(button('Model and limit'))
    await keys.press('Control+k')
    await dialog.waitFor()
    await keys.press('Escape')
    await focused(button('Model and limit'))
    await keys.press('?')
    await dialog.waitFor()
    await keys.press('Escape')
    await focused(button('Model and limit'))
  })

  await step('edits a file and saves it', async () => {
    await keys.press('Alt+2')
    await tab('Code')
    await page.getByRole('treeitem').first().waitFor()
    await keys.press('Control+p')
    await keys.type('app.tsx')
    await keys.press('Enter')
    await focused(editor)
    await keys.press('Control+Home')
    await keys.type('// by hand')
    await keys.press('Enter')
    await page.getByText('1 unsaved change').waitFor()
    await keys.press('Control+s')
    await page.getByRole('banner').getByText('version 2').waitFor()
    await focused(editor)
    // As with caps lock on: Shift writes a small letter.
    await editor.dispatchEvent('keydown', { key: 'f', code: 'KeyF', keyCode: 70, ctrlKey: true, shiftKey: true })
    await focused(page.getByLabel('Search in all files'))
    await editor.focus()
    await keys.press('Escape')
    await keys.press('Tab')
    assert.equal(await editor.evaluate((field) => field.matches(':focus')), false)
  })

  await step('names a version', async () => {
    await keys.press('Alt+3')
    await tab('Versions')
    await reach(rows.last().getByRole('button', { name: 'Name it' }))
    await keys.press('Enter')
    await keys.type('For the talk')
    await keys.press('Enter')
    await focused(rows.last().getByRole('button', { name: 'Rename' }))
  })

  await step('restores it, is told so, and takes it back from the message itself', async () => {
    await reach(button('Restore this version').first())
    await keys.press('Enter')
    await page
      .getByRole('region', { name: /alt\+T/i })
      .getByText('Version 1 is back')
      .waitFor()
    await keys.press('Alt+t')
    await reach(button('Undo'))
    await keys.press('Enter')
    await page.getByRole('banner').getByText('version 4').waitFor()
    await focused(button('Restore this version').last())
    assert.deepEqual(ada.complaints, [])
  })
})

const mostKeys = 100

/** Goes there by Tab; wherever the focus comes by, it is seen. */
async function reachBySight(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor()
  for (let pressed = 0; pressed < mostKeys; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
    assert.equal(await page.evaluate(unseenFocus), null, 'the focus cannot be seen')
  }
  throw new Error(`${String(target)} is not reached by ${mostKeys} times ${key}`)
}

const focused = (target: Locator): Promise<unknown> =>
  target.and(target.page().locator(':focus')).waitFor({ timeout: 10_000 })

/** Runs in the page: what has the focus and does not show it. Fields show it by their caret. */
function unseenFocus(): string | null {
  const at = document.activeElement
  if (!at || at === document.body || at.matches('iframe, input, textarea, select, [contenteditable=true]')) return null
  const shown = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  return at.shadowRoot || shown(at) ? null : at.outerHTML.slice(0, 200)
}

/** Runs in the page: what a screen reader would say by itself. */
function listen(): void {
  const heard: string[] = []
  Object.assign(globalThis, { heard })
  const last = new WeakMap<Element, string>()
  const regions = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]'
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const near = target instanceof Element ? target : target.parentElement
      const region = near?.closest(regions)
      const text = region?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? ''
      if (!region || !text || last.get(region) === text) continue
      last.set(region, text)
      heard.push(text)
    }
  }).observe(document, { childList: true, characterData: true, subtree: true })
}
