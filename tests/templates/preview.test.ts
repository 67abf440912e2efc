import assert from 'node:assert/strict'
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Browser, Frame, Page } from 'playwright-core'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { openBrowser } from './browser.ts'
import { makeProject, until } from './project.ts'

const templates = ['react', 'static'] as const
const programs = await buildSandbox({ outdir: await mkdtemp(join(tmpdir(), 'preview-programs-')) })
after(() => rm(programs, { recursive: true, force: true }))
const script = '/@everjust/page.js'

interface Told {
  everjust: string
  source?: string
  message?: string
  level?: string
  text?: string
  place?: string
  path?: string
  url?: string
  status?: number
  element?: { selector: string; tag: string; text: string; html: string; source?: string }
  edit?: { id: number; words: string | null; styles: Record<string, string> }
}

for (const template of templates) {
  test(`pages of the ${template} template carry the preview's script in the preview alone`, async () => {
    await using project = await makeProject(template)
    const { url } = await project.preview(programs)
    const page = await (await fetch(url)).text()
    assert.equal(page.split(script).length, 2)
    assert.match((await fetch(new URL(script, url))).headers.get('content-type') ?? '', /javascript/)
    await project.script('build')
    for await (const file of glob(join(project.folder, 'dist/**/*.{html,js}'))) {
      assert.doesNotMatch(await readFile(file, 'utf8'), /everjust|data-ej/i, file)
    }
    const plain = await project.dev()
    assert.doesNotMatch(await (await fetch(plain.url)).text(), /everjust/i)
  })

  test(`a page of the ${template} template tells the window around it what fails, once each`, async () => {
    await using project = await makeProject(template)
    await using browser = await openBrowser()
    const { url } = await project.preview(programs)
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
  const { url } = await project.preview(programs)
  await using site = await around(browser, url, '')
  await site.app.evaluate(`for (let number = 1; number <= 30; number++) console.error('number ' + number)`)
  assert.deepEqual(await site.told(), [])
  await site.ask('listen')
  await site.hears('number 20')
  assert.equal((await site.told()).filter(({ everjust }) => everjust === 'error').length, 20)
})

test('a page tells what its console says, where that was written, and what it asked for', async () => {
  await using project = await makeProject('react')
  await using browser = await openBrowser()
  const app = join(project.folder, 'src/App.tsx')
  const lines = [
    'type Tea = { leaves: number }',
    '',
    'export function App() {',
    "  console.warn('few %s', 'leaves', new Map([['a', 1]]))",
  ]
  await writeFile(app, `${lines.join('\n')}\n  return <h1 className="x">Tea {({ leaves: 2 } as Tea).leaves}</h1>\n}\n`)
  const { url } = await project.preview(programs)
  await using site = await around(browser, url)
  await until(async () => (await site.told()).some(({ text }) => text === 'few leaves Map {"a":1}'), 'the words')
  const warned = (await site.told()).find(({ everjust, level }) => everjust === 'log' && level === 'warn')
  assert.match(warned?.place ?? '', /^src\/App\.tsx:4:\d+$/)
  await site.app.evaluate(`fetch('/absent.json', { method: 'post' }); history.pushState({}, '', '/tea?kind=green')`)
  await until(async () => (await site.told()).some(({ url }) => url === '/absent.json'), 'the request')
  assert.equal((await site.told()).find(({ everjust }) => everjust === 'route')?.path, '/')
  assert.equal((await site.told()).findLast(({ everjust }) => everjust === 'route')?.path, '/tea?kind=green')
})

test('what an app says without end is left out, and how much of it', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.preview(programs)
  await using site = await around(browser, url)
  await site.app.evaluate(`for (let number = 1; number <= 1000; number++) console.log('number ' + number)`)
  await site.app.evaluate(`new Promise((later) => setTimeout(later, 500)).then(() => console.log('the last'))`)
  await until(async () => (await site.told()).some(({ everjust }) => everjust === 'left-out'), 'left out')
  assert.ok((await site.told()).length < 400)
})

for (const [template, source, shown] of [
  ['react', /^src\/App\.tsx:16:9$/, 'Your app will appear here'],
  ['static', /^index\.html:24:7$/, 'Your site will appear here'],
] as const) {
  test(`a picked element of the ${template} template says where it was written, and shows what is changed of it`, async () => {
    await using project = await makeProject(template)
    await using browser = await openBrowser()
    const { url } = await project.preview(programs)
    await using site = await around(browser, url)
    await site.app.locator('h1').waitFor()
    await site.ask('pick')
    await site.app.locator('everjust-pick').waitFor({ state: 'attached' })
    const box = await site.app.locator('h1').boundingBox()
    assert.ok(box)
    await site.page.mouse.click(box.x + 5, box.y + 5)
    const picked = await site.answer('picked')
    assert.match(picked?.source ?? '', source)
    assert.doesNotMatch(picked?.html ?? '', /data-ej/)
    const { edit } = (await site.told()).find(({ everjust }) => everjust === 'picked') ?? {}
    assert.equal(edit?.words, shown)
    await site.ask('text', { id: edit.id, value: 'Changed' })
    await site.ask('style', { id: edit.id, name: 'color', value: 'rgb(1, 2, 3)' })
    await until(async () => (await site.app.locator('h1').textContent()) === 'Changed', 'the text')
    assert.equal(await site.app.locator('h1').evaluate((element) => getComputedStyle(element).color), 'rgb(1, 2, 3)')
    await site.ask('discard')
    await until(async () => (await site.app.locator('h1').textContent()) === shown, 'the text of before')
    assert.notEqual(await site.app.locator('h1').evaluate((element) => getComputedStyle(element).color), 'rgb(1, 2, 3)')
  })
}

test('an older project of Vite, with scripts of its own, is watched once, by ours', async () => {
  await using project = await makeProject('react')
  await using browser = await openBrowser()
  const config = join(project.folder, 'vite.config.js')
  const tags = `['errors', 'pick'].map((name) => ({ tag: 'script', attrs: { src: '/@everjust/preview-' + name + '.js' } }))`
  const own = `plugins: [{ name: 'own', transformIndexHtml: () => ${tags} }, `
  await writeFile(config, (await readFile(config, 'utf8')).replace('plugins: [', own))
  const { url } = await project.preview(programs)
  for (const script of ['preview-errors.js', 'preview-pick.js']) {
    assert.equal(await (await fetch(new URL(`/@everjust/${script}`, url))).text(), '')
  }
  await using site = await around(browser, url)
  await until(async () => (await site.told()).some(({ everjust }) => everjust === 'route'), 'the script')
  assert.equal((await site.told()).filter(({ everjust }) => everjust === 'ready').length, 1)
})

for (const [age, tags] of [
  ['from before the preview had any script', ''],
  ['with scripts of its own', '<script src="/@everjust/preview-errors.js"></script>'],
] as const) {
  test(`an older static site, ${age}, is watched once, by ours`, async () => {
    await using project = await makeProject('static')
    await using browser = await openBrowser()
    await writeFile(join(project.folder, 'tools/dev.js'), olderServer(tags))
    const { url } = await project.preview(programs)
    await using site = await around(browser, url)
    await until(async () => (await site.told()).some(({ everjust }) => everjust === 'route'), 'the script')
    assert.equal((await site.told()).filter(({ everjust }) => everjust === 'ready').length, 1)
    assert.equal(await site.app.locator('h1').getAttribute('data-ej-source'), 'index.html:24:7')
  })
}

const olderServer = (tags: string) => `
  import { readFile } from 'node:fs/promises'
  import { createServer } from 'node:http'
  const server = createServer(async (request, response) => {
    if (request.url !== '/') return response.writeHead(404).end()
    const page = await readFile('index.html', 'utf8')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page.replace('<head>', '<head>${tags}'))
  })
  server.listen(Number(process.env.PORT), process.env.HOST)
`

test('somebody picks an element with the pointer, and the app does not notice the click', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.preview(programs)
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
  const { url } = await project.preview(programs)
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
  ask(everjust: string, more?: object): Promise<void>
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
  const ask = async (everjust: string, more: object = {}) => {
    await page.evaluate((message) => document.querySelector('iframe')?.contentWindow?.postMessage(message, '*'), {
      everjust,
      ...more,
    })
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
