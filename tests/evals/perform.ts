import type { Locator, Page } from 'playwright-core'
import { until } from '../world/until.ts'
import { groundOf, huesOf } from './colours.ts'
import type { Check, Place, Step } from './vocabulary.ts'

const patience = 6_000
const patienceForPages = 30_000

/** Makes the checks one after the other on a page of their own; answers what went wrong with each that failed. */
export async function perform(page: Page, url: string, checks: readonly Check[]): Promise<Map<Check, string>> {
  const failed = new Map<Check, string>()
  page.setDefaultTimeout(patience)
  page.setDefaultNavigationTimeout(patienceForPages)
  const absent = await arrive(page, url).then(() => undefined, reasonOf)
  if (absent !== undefined) return new Map(checks.map((check) => [check, absent]))
  for (const check of checks) {
    try {
      for (const step of check.do) await take(page, step)
    } catch (error) {
      failed.set(check, reasonOf(error))
      // What the step left half done is nothing to judge the next one by.
      await arrive(page, url).catch(() => {})
    }
  }
  return failed
}

/** Until the app stands there: keys that are pressed before reach nobody. */
async function arrive(page: Page, url?: string): Promise<void> {
  if (url === undefined) await page.reload()
  else await page.goto(url)
  await page.locator('h1, main, #root > *').first().waitFor()
}

async function take(page: Page, step: Step): Promise<void> {
  if ('see' in step) return find(step.in ? find(page, step.in) : page, step.see).waitFor()
  if ('miss' in step) return find(page, step.miss).waitFor({ state: 'hidden' })
  if ('press' in step) return find(step.in ? find(page, step.in) : page, step.press).click()
  if ('tick' in step) return find(page, step.tick).click()
  if ('fill' in step) return fill(find(page, step.fill), step)
  if ('choose' in step) return choose(find(page, step.choose), step.option)
  if ('holds' in step) return holds(page, step)
  if ('count' in step)
    return all(page, step.count)
      .nth(step.atLeast - 1)
      .waitFor()
  if ('drag' in step) return find(page, step.drag).dragTo(find(page, step.to))
  if ('reload' in step) return arrive(page)
  if ('ground' in step)
    return becomes(
      () => groundOf(page),
      (ground) => ground === step.ground,
    )
  if ('hue' in step) {
    const [from, to] = step.hue
    return becomes(
      () => huesOf(page),
      (hues) => hues.some((hue) => hue >= from && hue <= to),
    )
  }
  if ('keys' in step) {
    for (const key of step.keys) await page.keyboard.press(key)
    return
  }
  return repeat(page, step)
}

const find = (within: Page | Locator, place: Place): Locator => all(within, place).first()

function all(within: Page | Locator, place: Place): Locator {
  return any(within, place).filter({ visible: true })
}

function any(within: Page | Locator, place: Place): Locator {
  if (typeof place === 'string' || place instanceof RegExp) return within.getByText(place)
  if ('button' in place) {
    return within
      .getByRole('button', { name: place.button })
      .or(within.getByRole('radio', { name: place.button }))
      .or(within.getByRole('tab', { name: place.button }))
      .or(within.getByRole('switch', { name: place.button }))
  }
  if ('heading' in place) return within.getByRole('heading', { name: place.heading })
  if ('row' in place) {
    return within
      .getByRole('listitem')
      .or(within.getByRole('row'))
      .or(within.getByRole('article'))
      .filter({ hasText: place.row })
  }
  if ('select' in place) return within.getByRole('combobox', { name: place.select })
  if ('css' in place) return within.locator(place.css)
  return boxes(within, place.box)
}

const roles = ['textbox', 'searchbox', 'spinbutton', 'combobox'] as const

function boxes(within: Page | Locator, name: RegExp): Locator {
  const [first, ...rest] = [...roles.map((role) => within.getByRole(role, { name })), within.getByPlaceholder(name)]
  if (!first) throw new Error('there are no roles')
  const named = rest.reduce((some, other) => some.or(other), first)
  return named.or(within.getByLabel(name).and(within.locator('input, textarea')))
}

async function fill(box: Locator, { with: text, enter }: { with: string; enter?: true }): Promise<void> {
  await box.fill(text)
  if (enter) await box.press('Enter')
}

async function choose(select: Locator, option: RegExp): Promise<void> {
  const labels = await select.locator('option').allInnerTexts()
  const label = labels.find((each) => option.test(each))
  if (label === undefined) throw new Error(`it has no option like ${String(option)}, but ${labels.join(', ')}`)
  await select.selectOption({ label })
}

async function holds(page: Page, { holds, in: place }: { holds: string; in: Place }): Promise<void> {
  const box = find(page, place)
  await box.waitFor()
  await becomes(
    () => box.inputValue(),
    (value) => value.includes(holds),
  )
}

const becomes = async <T>(ask: () => Promise<T>, hoped: (value: T) => boolean): Promise<void> =>
  void (await until(ask, hoped, patience))

async function repeat(page: Page, step: Extract<Step, { until: Place }>): Promise<void> {
  for (let n = 0; n < step.atMost && !(await find(page, step.until).isVisible()); n++) {
    for (const inner of step.do) await take(page, inner)
  }
  await find(page, step.until).waitFor()
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:Call log|=+)/.test(line))
    .slice(0, 2)
    .join(' · ')
    .slice(0, 240)
