import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Generation } from '../../lib/contract/generation.ts'
import type { MadeInvitation, Organization } from '../../lib/contract/organization.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { accountPaths } from '../../lib/contract/account-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { MadeShare } from '../../lib/contract/share.ts'
import { forgetRates } from '../world/forget-rates.ts'
import { openBrowser } from '../templates/browser.ts'
import {
  cutOff,
  excessOf,
  faultsOf,
  narrow,
  photograph,
  shiftsOf,
  unseenChoices,
  watchShifts,
  wide,
} from './looking.ts'
import { openStack, type OpenStack } from './open-stack.ts'
import { openPerson, type Person } from './person.ts'
import { screens } from './screens.ts'
import { Here } from './screens/here.ts'
import type { Places, Screen } from './screens/screen.ts'

/** A laptop, a tablet, a desktop at 200 %, and the least that a page must bear. */
const further = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
  { width: 720, height: 450 },
  { width: 320, height: 640 },
]
const mostShift = 0.02

// A test within another is given the time of the command line unless it says its own.
const timeout = 900_000

test('every page and state can be used by everybody', { timeout }, async (t) => {
  // One person sees in two minutes what many see in a day.
  const stack = await openStack(t, { limits: { perMinute: Infinity } })
  const { UPSTASH_REDIS_REST_URL: counter = '', UPSTASH_REDIS_REST_TOKEN: counting = '' } = stack.environment
  const places = await prepare(stack)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const walk = (language: string, viewport: typeof wide, look: typeof lookEnglish) => async (t: TestContext) => {
    const people = await openPeople(browser, stack.url, { viewport })
    for (const screen of screens) {
      const url = new URL(screen.at(places), stack.url).href
      await forgetRates(counter, counting)
      await t.test(screen.name, () => visit(people[screen.as], { screen, language, url, look }))
    }
  }
  await t.test('at every size', { timeout }, walk('en', wide, lookEnglish))
  await t.test('in German on a phone', { timeout }, walk('de', narrow, lookGerman))
})

interface Visit {
  screen: Screen
  language: string
  url: string
  look: typeof lookEnglish
}

async function visit({ page, complaints }: Person, { screen, language, url, look }: Visit): Promise<void> {
  complaints.length = 0
  try {
    await page.evaluate(forget, language)
    await page.goto(url)
    const here = new Here(page, language)
    await screen.does?.(here)
    await screen.sees(here).waitFor()
    await allThere(page)
    await look(page, screen)
  } catch (cause) {
    throw new Error(`what the page complained about: ${JSON.stringify(complaints)}`, { cause })
  } finally {
    await page.context().setOffline(false)
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  }
}

/** Runs in the page: which part of a project a phone showed last, so that it begins with the conversation. */
function forget(language: string): void {
  localStorage.setItem('everjust:language', language)
  sessionStorage.removeItem('everjust:front')
}

/** A project with two versions, a link to the app in it and a guest; an organization, and a link that invites there. */
async function prepare(stack: OpenStack): Promise<Places> {
  const api = await stack.as('ops@example.com')
  const { id } = (await api.post<Project>(paths.projects(), { name: 'Habit tracker', template: 'react' })).body
  for (const prompt of ['a habit tracker with streaks', 'add a dark mode switch']) {
    const { body } = await api.post<Generation>(projectPaths.generate(id), { prompt })
    assert.equal((await api.ended(id, body.id, 200)).state, 'succeeded')
  }
  const { body } = await api.post<MadeShare>(projectPaths.shares(id), {})
  await api.post(projectPaths.guests(id), { email: 'guest@example.com' })
  const { body: team } = await api.post<Organization>(accountPaths.organizations(), { name: 'Sea' })
  const { body: invitation } = await api.post<MadeInvitation>(accountPaths.invitations(team.id), {})
  return {
    project: `/projects/${id}`,
    shared: `/share/${body.token}`,
    organization: `/organizations/${team.id}`,
    invited: `/join/${invitation.token}`,
  }
}

type People = Record<Screen['as'], Person>

async function openPeople(browser: Browser, url: string, how: BrowserContextOptions): Promise<People> {
  const open = async (name?: string) => {
    // What is kept for being offline would answer before a request that a screen lets fail.
    const person = await openPerson(browser, url, { ...how, serviceWorkers: 'block' })
    await watchShifts(person.page.context())
    await person.page.goto(url)
    if (name) {
      await person.signIn(name)
      await person.heading('What shall we build?').waitFor()
    }
    return person
  }
  return { owner: await open('Operations'), newcomer: await open('Grace Hopper'), stranger: await open() }
}

async function lookEnglish(page: Page, { name, does }: Screen): Promise<void> {
  if (!does) await stoodStill(page)
  assert.deepEqual(await page.evaluate(() => document.getAnimations().map(({ playState }) => playState)), [])
  assert.deepEqual(await unseenChoices(page), [], 'chosen, in forced colours')
  const picture = name.replaceAll(/\W+/g, '-')
  for (const viewport of [wide, ...further, narrow]) {
    await page.setViewportSize(viewport)
    assert.equal(await excessOf(page), 0, `wider than ${viewport.width}`)
    assert.deepEqual(await cutOff(page), [], `cut off at ${viewport.width}`)
    if (viewport.width === 820) {
      await page.emulateMedia({ colorScheme: 'dark' })
      assert.deepEqual(await faultsOf(page, ['color-contrast']), [], 'axe in the dark')
    }
    await photograph(page, `${picture}-${viewport.width}`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  assert.deepEqual(await faultsOf(page), [], 'axe on a phone')
  await page.evaluate(() => void (document.documentElement.dir = 'rtl'))
  for (const viewport of [narrow, wide]) {
    await page.setViewportSize(viewport)
    assert.equal(await excessOf(page), 0, `wider than ${viewport.width}, from right to left`)
    await photograph(page, `${picture}-${viewport.width}-rtl`)
  }
}

async function lookGerman(page: Page, { name, does }: Screen): Promise<void> {
  if (!does) await stoodStill(page)
  for (const viewport of [narrow, { width: 320, height: 640 }]) {
    await page.setViewportSize(viewport)
    assert.equal(await excessOf(page), 0, `wider than ${viewport.width}`)
    assert.deepEqual(await cutOff(page), [], `cut off at ${viewport.width}`)
  }
  await photograph(page, `${name.replaceAll(/\W+/g, '-')}-german`)
  await page.setViewportSize(narrow)
}

async function stoodStill(page: Page): Promise<void> {
  const shifts = await shiftsOf(page)
  const sum = shifts.reduce((all, { by }) => all + by, 0)
  assert.ok(sum <= mostShift, `moved by ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`)
}

/** Nothing is on its way any more. */
async function allThere(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const waiting = [...document.querySelectorAll('.skeleton')]
    return document.fonts.status === 'loaded' && !waiting.some((element) => element.checkVisibility())
  })
}
