import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Browser, Frame, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { makeProject, until } from './project.ts'

const templates = ['react', 'static'] as const
const scripts = ['preview-errors.js', 'preview-pick.js']

interface Told {
  everjust: string
  source?: string
  message?: string
  element?: { selector: string; tag: string; text: string; html: string }
}

test('every template has the same scripts for the preview', async () => {
  for (const script of scripts) {
    const [one, other] = await Promise.all(
      templates.map((name) => readFile(join(import.meta.dirname, '../../templates', name, 'tools', script), 'utf8')),
    )
    assert.equal(one, other)
  }
})

for (const template of templates) {
  test(`pages of the ${template} template carry the preview's scripts while developing, never when built`, async () => {
    await using project = await makeProject(template)
    const { url } = await project.dev()
    const page = await (await fetch(url)).text()
    for (const script of scripts) {
      assert.equal(page.split(`/@everjust/${script}`).length, 2, script)
      assert.match((await fetch(new URL(`/@everjust/${script}`, url))).headers.get('content-type') ?? '', /javascript/)
    }
    await project.script('build')
    for await (const file of glob(join(project.folder, 'dist/**/*.{html,js}'))) {
      assert.doesNotMatch(await readFile(file, 'utf8'), /everjust/i, file)
    }
  })

  test(`a page of the ${template} template tells the window around it what fails, once each`, async () => {
    await using project = await makeProject(template)
    await using browser = await openBrowser()
    const { url } = await project.dev()
    await using site = await around(browser, url)
    await site.app.evaluate(`
      for (const round of [1, 2]) {
        setTimeout(() => { throw new TypeError('thrown by the app') })
        Promise.reject(new Error('rejected by the app'))
        console.error('logged by the app', { round: 1 })
      }
      fetch('/absent.json')
    `)
    if (template === 'static') await site.hears('/absent.json was answered with 404')
    for (const words of ['TypeError: thrown by', 'Error: rejected by the app', 'logged by the app {"round":1}']) {
      await site.hears(words)
    }
    const told = (await site.told()).filter(({ everjust }) => everjust === 'error')
    assert.equal(told.filter(({ message }) => message?.includes('by the app')).length, 3)
    assert.equal(told.find(({ message }) => message?.startsWith('logged'))?.source, 'console')
  })
}

test('a page tells at most twenty errors, and none to a window that did not ask', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  await using site = await around(browser, url, '')
  await site.app.evaluate(`for (let number = 1; number <= 30; number++) console.error('number ' + number)`)
  assert.deepEqual(await site.told(), [])
  await site.ask('listen')
  await site.hears('number 20')
  assert.equal((await site.told()).filter(({ everjust }) => everjust === 'error').length, 20)
})

test('somebody picks an element with the pointer, and the app does not notice the click', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  await using site = await around(browser, url)
  await site.app.evaluate(`
    document.body.innerHTML = '<main><button>One</button><button onclick="window.clicked = true">Two</button></main>'
  `)
  await site.ask('pick')
  const box = await site.app.locator('button').nth(1).boundingBox()
  assert.ok(box)
  await site.page.mouse.click(box.x + 5, box.y + 5)
  assert.deepEqual(await site.answer('picked'), {
    selector: 'body > main > button:nth-of-type(2)',
    tag: 'button',
    text: 'Two',
    html: '<button onclick="window.clicked = true">Two</button>',
  })
  assert.equal(await site.app.evaluate('window.clicked'), undefined)
  assert.equal(await site.app.locator('everjust-pick').count(), 0)
})

test('somebody picks an element with Tab and Enter, and leaves with Escape', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  await using site = await around(browser, url)
  await site.app.evaluate(`
    document.body.innerHTML = '<button id="first">One</button><button onclick="window.clicked = true">Two</button>'
  `)
  await site.ask('pick')
  await site.page.evaluate(`document.querySelector('iframe').focus()`)
  await site.page.keyboard.press('Tab')
  await site.page.keyboard.press('Tab')
  await site.page.keyboard.press('Enter')
  assert.equal((await site.answer('picked'))?.text, 'Two')
  assert.equal(await site.app.evaluate('window.clicked'), undefined)
  await site.ask('pick')
  await site.page.keyboard.press('Escape')
  await site.answer('left')
  assert.equal(await site.app.locator('everjust-pick').count(), 0)
})

type Site = AsyncDisposable & {
  page: Page
  app: Frame
  ask(everjust: string): Promise<void>
  told(): Promise<Told[]>
  hears(words: string): Promise<void>
  answer(kind: string): Promise<Told['element']>
}

/** A page of another origin that shows the app in a frame and keeps what it is told; it asks the app for this first. */
async function around(browser: Browser, url: string, first = 'listen'): Promise<Site> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>Around</title><script>
      window.told = []
      addEventListener('message', ({ data }) => data?.everjust && told.push(data))
    </script><iframe src="${url}" width="900" height="600"></iframe>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const app = page.frames().find((frame) => frame.url() === url)
  assert.ok(app)
  const told = () => page.evaluate('window.told') as Promise<Told[]>
  const ask = async (everjust: string) => {
    await page.evaluate(
      (kind) => document.querySelector('iframe')?.contentWindow?.postMessage({ everjust: kind }, '*'),
      everjust,
    )
  }
  if (first) await ask(first)
  return {
    page,
    app,
    ask,
    told,
    hears: (words) => until(async () => (await told()).some(({ message }) => message?.includes(words)), words),
    async answer(kind) {
      await until(async () => (await told()).some(({ everjust }) => everjust === kind), kind)
      return (await told()).find(({ everjust }) => everjust === kind)?.element
    },
    [Symbol.asyncDispose]: async () => {
      await page.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
