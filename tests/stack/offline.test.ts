import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { paths } from '../../lib/contract/paths.ts'
import { startFrontDoor } from '../../local/front-door/index.ts'
import { close, listen } from '../../local/listen.ts'
import { openBrowser } from '../templates/browser.ts'
import { openPerson } from './person.ts'

const settings = {
  issuer: { domain: 'http://localhost:9', clientId: 'site', audience: 'api' },
  model: { id: 'scripted-1', scripted: true },
  tiers: [],
}

test('the site as a program of its own', { timeout: 120_000 }, async (t) => {
  const site = await mkdtemp(join(tmpdir(), 'everjust-site-'))
  t.after(() => rm(site, { recursive: true, force: true }))
  await cp(join(import.meta.dirname, '../../web/build'), site, { recursive: true })
  const api = createServer(({ url }, response) => {
    const answer = url === paths.settings() ? settings : { items: [], next: null }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const functions = `http://127.0.0.1:${await listen(api, 0)}`
  t.after(() => close(api))
  const door = await startFrontDoor({ port: 0, site, functions, connects: [], frames: [] })
  t.after(() => door.stop())
  const browser = await openBrowser()
  t.after(() => browser.close())
  const stranger = await openPerson(browser, door.url)
  const { page } = stranger
  const box = page.getByLabel('What should be built?')

  await t.test('opens without a connection, says so, and has kept what was typed', async () => {
    await page.goto(door.url)
    await box.fill('a habit tracker')
    await page.evaluate(allKept)
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText('You are offline.').waitFor()
    assert.equal(await box.inputValue(), 'a habit tracker')
    await stranger.lookAt('30-offline')
    await page.context().setOffline(false)
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
  })

  await t.test('keeps nothing of the API, of shown apps, or of addresses that hold something secret', async () => {
    await page.goto(`${door.url}/share/secret-token`)
    await page.goto(`${door.url}/callback?code=secret&state=secret`)
    await page.goto(door.url)
    await stranger.button(/^Try it here/).click()
    await page.locator('iframe').waitFor()
    const kept = await page.evaluate(async () => {
      const caching = (await caches.keys()).map(async (name) => (await caches.open(name)).keys())
      return (await Promise.all(caching)).flat().map(({ url }) => new URL(url).pathname)
    })
    assert.ok(kept.length > 10)
    assert.deepEqual(
      kept.filter((path) => path !== '/' && !path.startsWith('/_app/immutable/')),
      [],
    )
  })

  await t.test('says when something did not load, and what to do', async () => {
    await page.goto(door.url)
    await stranger.heading(/^Describe an app\./).waitFor()
    await page.context().route('**/_app/immutable/**', (route) => route.abort())
    await page.keyboard.press('Control+k')
    await page.getByText('Something on this page did not load.').waitFor()
    await stranger.lookAt('30-part-away')
    await page.context().unroute('**/_app/immutable/**')
    const reloaded = page.waitForEvent('load')
    await stranger.button('Reload').click()
    await reloaded
    await page.getByText('Something on this page did not load.').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
  })

  await t.test('says that a new version is there, and goes on with it when it is told to', async () => {
    const worker = join(site, 'service-worker.js')
    await writeFile(worker, `${await readFile(worker, 'utf8')}\n// newer`)
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    await page.getByText('A new version of EverJust is here.').waitFor()
    await stranger.lookAt('31-new-version')
    const reloaded = page.waitForEvent('load')
    await stranger.button('Reload').click()
    await reloaded
    await stranger.heading(/^Describe an app\./).waitFor()
    assert.equal(await page.getByText('A new version of EverJust is here.').count(), 0)
    assert.equal(await box.inputValue(), 'a habit tracker')
  })

  await t.test('offers to be installed where the browser does', async () => {
    const asked = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const offer = new Event('beforeinstallprompt', { cancelable: true })
          dispatchEvent(Object.assign(offer, { prompt: () => resolve('asked') }))
        }),
    )
    await page.mouse.wheel(0, 400)
    await stranger.button('Install EverJust as an app').click()
    assert.equal(await asked, 'asked')
  })

  await t.test('has a manifest whose pictures are there', async () => {
    const manifest = (await (await fetch(`${door.url}/manifest.webmanifest`)).json()) as { icons: { src: string }[] }
    for (const { src } of manifest.icons) {
      const { status, headers } = await fetch(new URL(src, door.url))
      assert.deepEqual([status, headers.get('content-type')?.split('/')[0]], [200, 'image'])
    }
    const { headers } = await fetch(`${door.url}/service-worker.js`)
    assert.equal(headers.get('cache-control'), 'no-cache')
  })
})

/** Runs in the page: resolves once the worker has taken over and keeps every file that the page has loaded. */
async function allKept(): Promise<void> {
  await navigator.serviceWorker.ready
  for (;;) {
    const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/immutable/'))
    const kept = await Promise.all(files.map(({ name }) => caches.match(name)))
    if (navigator.serviceWorker.controller && kept.every(Boolean)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
