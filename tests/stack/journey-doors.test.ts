import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zipSync } from 'fflate'
import { paths } from '../../lib/contract/paths.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import type { Page as PageOf } from '../../lib/contract/page.ts'
import type { Project } from '../../lib/contract/project.ts'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const text = (words: string) => new TextEncoder().encode(words)
const site = zipSync({
  'bakery/index.html': text('<!doctype html><html lang="en"><title>Bakery</title><h1>Fresh bread at seven</h1>'),
  'bakery/style.css': text('h1 { color: darkred }'),
  'bakery/node_modules/left/index.js': text('left'),
})

test(
  'what becomes of projects that come from elsewhere, go away, or are shown to all',
  { timeout: 300_000 },
  async (t) => {
    const stack = await openStack(t)
    const browser = await openBrowser()
    t.after(() => browser.close())
    const ada = await openPerson(browser, stack.url)
    const { page, button } = ada
    const api = await stack.as('ada@example.com')
    const listed = async () => (await api.get<PageOf<Project>>(paths.projects())).body.items
    let project = '' as ProjectId
    const step = stepsOf(t, stack)

    await step('drops a zip on the page and reads what of it comes in and what does not', async () => {
      await page.goto(stack.url)
      await ada.signIn('Ada Lovelace')
      await button('Start from a zip or folder').waitFor()
      await page.evaluate(
        (bytes) => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([new Uint8Array(bytes)], 'Bakery.zip', { type: 'application/zip' }))
          const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
          document.querySelector('main')?.dispatchEvent(drop)
        },
        [...site],
      )
      await page.getByText('2 files of Bakery.zip can come in.').waitFor()
      await page.getByText('1 left out').or(page.locator('summary')).first().click()
      await page.getByText('node_modules/left/index.js').waitFor()
      await ada.lookAt('doors-1-import')
    })

    await step('gives it up half way, and nothing of it is left', async () => {
      const isUpload = (url: URL) => !url.pathname.startsWith('/api/')
      const held = Promise.withResolvers<void>()
      await page.route(isUpload, (route) => (route.request().method() === 'PUT' ? held.resolve() : route.fallback()))
      await button('Start the project').click()
      await held.promise
      const cleared = page.waitForResponse((answer) => answer.url().includes('/library/deleted/'))
      await button('Cancel').click()
      assert.equal((await cleared).status(), 204)
      assert.deepEqual(await listed(), [])
      await page.unroute(isUpload)
    })

    await step('starts it again, and has a project with its files', async () => {
      await button('Start the project').click()
      await page.waitForURL('**/projects/prj_*')
      project = new URL(page.url()).pathname.split('/').at(-1) as ProjectId
      await page.getByText('Bakery begins with 2 files.').waitFor()
      await ada.app.getByRole('heading', { name: 'Fresh bread at seven' }).waitFor()
      assert.equal((await listed())[0]?.template, 'static')
    })

    await step('archives it where it is, takes that back at once, and archives it again', async () => {
      await page.goto(`${stack.url}/projects/${project}?settings=danger`)
      await button('Archive the project').click()
      await page.getByText('This project is archived.').waitFor()
      assert.equal(await page.getByLabel('What should change?').count(), 0)
      await button('Undo').click()
      await page.getByLabel('What should change?').waitFor()
      await button('Archive the project').click()
      await page.getByText('This project is archived.').waitFor()
      await ada.lookAt('doors-2-archived')
    })

    await step('opens it later: nothing starts, and it is brought back by a button', async () => {
      const starts: string[] = []
      page.on('request', (made) => {
        if (made.method() === 'POST' && made.url().endsWith('/sandbox')) starts.push(made.url())
      })
      await page.goto(`${stack.url}/projects/${project}`)
      await page.getByRole('tab', { name: 'Preview' }).click()
      await page.getByText('Nothing runs here.').waitFor()
      await ada.lookAt('doors-3-archived-preview')
      assert.deepEqual(starts, [])
      await page.getByRole('complementary').getByRole('button', { name: 'Bring back' }).click()
      await page.getByLabel('What should change?').waitFor()
      await ada.app.getByRole('heading', { name: 'Fresh bread at seven' }).waitFor()
      assert.equal(starts.length, 1)
    })

    await step('deletes it from its settings, and takes that back at home', async () => {
      await page.goto(`${stack.url}/projects/${project}?settings=danger`)
      await button('Delete the project').click()
      await page.getByText('Bakery is deleted.').waitFor()
      assert.deepEqual(await listed(), [])
      await button('Undo').click()
      await page.waitForURL(`**/projects/${project}`)
      await page.getByText('Bakery is back.').waitFor()
    })

    const grace = await openPerson(browser, stack.url)

    await step('a stranger finds what is shown to all, and makes a copy after signing in', async () => {
      const shown = await fetch(new URL(paths.project(project), stack.url), {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${api.token}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify({ visibility: 'public' }),
      })
      assert.equal(shown.status, 200)
      await grace.page.goto(`${stack.url}/projects/${project}`)
      await grace.heading('Bakery').waitFor()
      await grace.lookAt('doors-4-public')
      await grace.button('Make a copy').click()
      await grace.page.waitForURL('**/u/login**')
      await grace.button(/Grace/).click()
      const isCopy = ({ pathname }: URL) => pathname.startsWith('/projects/') && !pathname.endsWith(project)
      await grace.page.waitForURL(isCopy)
      await grace.page.getByLabel('What should change?').waitFor()
      assert.equal(await grace.page.getByLabel('Name of the project').inputValue(), 'Copy of Bakery')
      await grace.app.getByRole('heading', { name: 'Fresh bread at seven' }).waitFor()
    })

    await step('reads what it was made from without a way to change it, and is told so', async () => {
      await grace.page.goto(`${stack.url}/projects/${project}`)
      await grace.page.getByText('This is somebody else’s project.').waitFor()
      assert.equal(await grace.page.getByLabel('What should change?').count(), 0)
      assert.deepEqual(await grace.page.getByRole('tab').allInnerTexts(), ['Preview', 'Code', 'Versions'])
      await grace.lookAt('doors-5-visitor')
      await grace.page.getByRole('tab', { name: 'Code' }).click()
      await grace.page.getByText('Fresh bread at seven').first().waitFor()
      await grace.page.getByRole('tab', { name: 'Versions' }).click()
      await grace.page.getByText('Imported Bakery').waitFor()
      assert.equal(await grace.button('Restore this version').count(), 0)
    })

    await step('no page complained', async () => {
      // An app that is archived while it loads goes to sleep, and what was deleted is not there while its page is left;
      // nor are the settings of its sandbox, for whose page was still asking.
      const expected = /http:\/\/5173-\S+\/(?:@\S+)?$|404|\b409\b.*\/workshop\/prj_\w+\/sandbox$/
      assert.deepEqual(
        [...ada.complaints, ...grace.complaints].filter((complaint) => !expected.test(complaint)),
        [],
      )
    })
  },
)
