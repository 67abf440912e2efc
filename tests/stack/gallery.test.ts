import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { openBrowser } from '../templates/browser.ts'

const web = join(import.meta.dirname, '../../web')
const title = 'Gallery of component states'
/** As wide as a window of 1280 at twice the size, and as two others. */
const widths = [1440, 820, 640, 390]

test('every shared part is sound in each of its states', { timeout: 180_000 }, async (t) => {
  const url = await openDevServer(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${url}/gallery`)
  await page.getByRole('heading', { name: title }).waitFor({ timeout: 120_000 })

  for (const language of ['en', 'de']) {
    for (const scheme of ['light', 'dark'] as const) {
      await t.test(`in ${language}, ${scheme}`, async () => {
        await page.emulateMedia({ colorScheme: scheme })
        await page.evaluate((chosen) => localStorage.setItem('everjust:language', chosen), language)
        await page.reload()
        await page.getByRole('heading', { name: title }).waitFor()
        await photograph(page, `gallery-${language}-${scheme}`)
        const { violations } = await new AxeBuilder({ page }).analyze()
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
          [],
        )
      })
    }
  }
  for (const direction of ['ltr', 'rtl']) {
    await t.test(`with nothing cut off, ${direction}, up to twice the size`, async () => {
      await page.evaluate((dir) => void (document.documentElement.dir = dir), direction)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.equal(wider, 0, `${wider} pixels wider than ${width}`)
        await photograph(page, `gallery-${direction}-${width}`)
      }
    })
  }
})

test('the gallery is no part of what is published', () => {
  const scripts = globSync('build/**/*.js', { cwd: web })
  assert.ok(scripts.length > 0, 'the site is built')
  const telling = scripts.filter((path) => readFileSync(join(web, path), 'utf8').includes(title))
  assert.deepEqual(telling, [])
})

async function openDevServer(t: { after(undo: () => void): void }): Promise<string> {
  const vite = join(web, '../node_modules/vite/bin/vite.js')
  const server = spawn(process.execPath, [vite, 'dev', '--port', '0'], {
    cwd: web,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => server.kill())
  let said = ''
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk) => {
      said += String(chunk).replaceAll(/\u001b\[\d+m/g, '')
      const url = /http:\/\/localhost:\d+/.exec(said)?.[0]
      if (url) resolve(url)
    })
    server.on('exit', () => reject(new Error(`The dev server does not start: ${said}`)))
  })
}

async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env['EVERJUST_SCREENSHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
