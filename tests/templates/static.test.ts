import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { complaintsOf, openBrowser } from './browser.ts'
import { makeProject } from './project.ts'

test('the static template checks, and builds only what belongs to the site', async () => {
  await using project = await makeProject('static')

  await project.script('check')
  await project.script('build')

  const built = (await readdir(join(project.folder, 'dist'))).sort()
  assert.deepEqual(built, ['favicon.svg', 'index.html', 'script.js', 'style.css'])
})

const mistakes = [
  ['script.js', 'const = 1\n', /script\.js/],
  ['index.html', '<!doctype html><title>x</title><section><p>open</p>', /index\.html:1: <section> is never closed/],
  ['index.html', '<!doctype html><title>x</title><p>text</p></main>', /index\.html:1: <\/main> closes nothing/],
  ['index.html', '<!doctype html><link rel="stylesheet" href="absent.css" />', /nothing is at "absent\.css"/],
] as const

for (const [file, text, message] of mistakes) {
  test(`the check of the static template refuses ${text.trim()}`, async () => {
    await using project = await makeProject('static')
    await writeFile(join(project.folder, file), text)
    await assert.rejects(project.script('check'), message)
  })
}

test('a saved stylesheet shows without a reload, a saved page by a reload', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  const listening = page.waitForResponse(`${url}@live`)
  await page.goto(url)
  await listening
  await page.evaluate('window.untouched = true')

  const style = join(project.folder, 'style.css')
  await writeFile(style, (await readFile(style, 'utf8')) + '\nh1 { color: rgb(1, 2, 3); }\n')
  await page.waitForFunction("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
  assert.equal(await page.evaluate('window.untouched'), true)

  const html = join(project.folder, 'index.html')
  await writeFile(html, (await readFile(html, 'utf8')).replace('Your site will appear here', 'Hello'))
  await page.getByRole('heading', { name: 'Hello' }).waitFor()
  assert.equal(await page.evaluate('window.untouched'), undefined)
  assert.deepEqual(complaints, [])
})

test('the dev server of the static template serves nothing outside the site', async () => {
  await using project = await makeProject('static')
  const { url } = await project.dev()
  for (const path of [
    '/package.json',
    '/tools/dev.js',
    '/.gitignore',
    '/../../etc/hostname',
    '/%2e%2e/%2e%2e/etc/hostname',
  ])
    assert.equal(await statusOf(new URL(url), path), 404, path)
})

// By hand, because fetch would tidy the path before sending it.
const statusOf = ({ hostname, port }: URL, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })

test('a file in a folder made later shows too, and again after it was replaced', async () => {
  await using project = await makeProject('static')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  const page = await browser.newPage()
  const listening = page.waitForResponse(`${url}@live`)
  await page.goto(url)
  await listening

  await mkdir(join(project.folder, 'scripts'))
  for (const word of ['first', 'second', 'third']) {
    const draft = join(project.folder, 'scripts/.draft')
    await writeFile(draft, `document.querySelector('h1').textContent = '${word}'\n`)
    await rename(draft, join(project.folder, 'scripts/word.js'))
    await writeFile(join(project.folder, 'script.js'), "import './scripts/word.js'\n")
    await page.getByRole('heading', { name: word }).waitFor()
  }
})
