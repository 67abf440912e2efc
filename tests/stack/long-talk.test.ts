import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import { openBrowser } from '../templates/browser.ts'
import { talkFor } from '../world/long-conversation.ts'
import { openBackstage } from './backstage.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const many = 10_000

test('how a person reads a conversation of ten thousand requests', { timeout: 300_000 }, async (t) => {
  const stack = await openStack(t)
  const backstage = openBackstage(t, stack)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const caller = await stack.as('ada@example.com')
  const { body: project } = await caller.post<Project>(paths.projects(), { name: 'Long talk' })
  await talkFor(backstage.sql, { projectId: project.id, count: many })
  const ada = await openPerson(browser, stack.url)
  const { page, button, latest } = ada
  const feed = page.getByRole('feed', { name: 'What was asked and done' })
  const request = (number: number) => page.locator(`article[aria-posinset='${number}']`)
  const asked: string[] = []
  page.on('request', (made) => {
    const { pathname, search } = new URL(made.url())
    if (pathname.startsWith(paths.project(project.id))) asked.push(`${made.method()} ${pathname}${search}`)
  })
  const step = stepsOf(t, stack)

  await step('opens at the newest, in one round of requests, with few of them in the page', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByLabel('What should be built?').waitFor()
    await page.goto(`${stack.url}/projects/${project.id}`)
    await latest().getByText('Request 10000', { exact: true }).waitFor()
    await page.getByText('Done, number 10000.').waitFor()
    assert.equal(await latest().getAttribute('aria-setsize'), String(many))
    const read = asked.filter((address) => /\/(events|generations)\b/.test(address))
    assert.deepEqual(read.slice(0, 2).toSorted(), [
      `GET ${projectPaths.events(project.id)}?after=latest`,
      `GET ${projectPaths.generations(project.id)}?limit=30`,
    ])
    assert.ok(read.filter((address) => address.includes('generations')).length <= 2, read.join('\n'))
    assert.ok((await page.getByRole('article').count()) < 30)
    assert.ok((await latest().boundingBox())?.y ?? 0 > 0)
    await ada.lookAt('long-1-newest')
  })

  await step('reads the steps of an earlier request when they are unfolded', async () => {
    const earlier = request(many - 2)
    await earlier.getByRole('button', { name: '2 steps' }).click()
    await earlier.getByText('src/file-9998.ts').waitFor()
    await earlier.getByText('+42').waitFor()
    await ada.lookAt('long-2-steps')
  })

  await step('goes on reading further up, and nothing moves under the eyes', async () => {
    await feed.hover()
    for (let turns = 0; turns < 12; turns += 1) {
      await page.mouse.wheel(0, -900)
      await page.waitForTimeout(50)
    }
    await page
      .getByText(/^Request 99\d\d$/)
      .first()
      .waitFor()
    await button('Jump to the latest').waitFor()
    await ada.lookAt('long-3-further-up')
    await page.waitForTimeout(400)
    const seen = page.locator('article').nth(3)
    const number = Number(await seen.getAttribute('aria-posinset'))
    const before = (await request(number).boundingBox())?.y
    await page.waitForTimeout(400)
    assert.equal((await request(number).boundingBox())?.y, before)
  })

  await step('goes to the first one, and back to the latest', async () => {
    await button('First').click()
    await page.getByText('Request 1', { exact: true }).waitFor()
    await page.getByText('Done, number 1.').waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-posinset') === '1')
    assert.ok((await page.getByRole('article').count()) < 30)
    await ada.lookAt('long-4-first')
    await button('Jump to the latest').click()
    await page.getByText('Done, number 10000.').waitFor()
    await button('Jump to the latest').waitFor({ state: 'detached' })
  })

  await step('goes to a day', async () => {
    await feed.hover()
    await page.mouse.wheel(0, -600)
    const day = new Date(Date.now() - 100 * 24 * 3_600_000)
    await page.getByLabel('Go to a day').fill(day.toLocaleDateString('sv'))
    await page.getByRole('group', { name: 'Where in the conversation' }).getByText(String(day.getFullYear())).waitFor()
    await page.waitForFunction(() => {
      const number = Number(document.activeElement?.getAttribute('aria-posinset'))
      return number > 7_500 && number < 7_700
    })
    await ada.lookAt('long-5-day')
  })

  await step('goes from request to request with the keyboard', async () => {
    const number = async () => Number(await page.evaluate(() => document.activeElement?.getAttribute('aria-posinset')))
    const here = await number()
    await page.keyboard.press('PageDown')
    assert.equal(await number(), here + 1)
    for (let pressed = 0; pressed < 12; pressed += 1) {
      await page.keyboard.press('PageUp')
      await request((await number()) - 1).waitFor({ state: 'attached' })
    }
    assert.equal(await number(), here - 11)
  })

  await step('finds what was said, however long ago, and steps through what was found', async () => {
    await page.keyboard.press('Alt+s')
    const find = page.getByRole('search', { name: 'Find in the conversation' })
    await find.getByRole('textbox').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('NUMBER 123.')
    await find.getByText('1 of 1', { exact: true }).waitFor()
    await page.getByText('Done, number 123.').waitFor()
    await page.waitForFunction(() => CSS.highlights.get('found')?.size === 1)
    await ada.lookAt('long-6-found')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('number 77')
    await find.getByText('1 of 100', { exact: true }).waitFor()
    await page.getByText('Done, number 7799.').waitFor()
    await page.keyboard.press('Enter')
    await find.getByText('2 of 100', { exact: true }).waitFor()
    await page.getByText('Done, number 7798.').waitFor()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('never said')
    await find.getByText('Nothing found').waitFor()
    await page.keyboard.press('Escape')
    await find.waitFor({ state: 'detached' })
  })

  await step('scrolls away from a request that is being worded anew, and finds it as it was', async () => {
    await request(7_798).getByRole('button', { name: 'Edit this request' }).click()
    await request(7_798).getByLabel('The request in other words').fill('Something better')
    await feed.hover()
    await button('Jump to the latest').click()
    await page.getByText('Done, number 10000.').waitFor()
    await page.getByLabel('What should change?').focus()
    assert.equal(await request(7_798).getByLabel('The request in other words').inputValue(), 'Something better')
  })

  await step('no page complained', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})
