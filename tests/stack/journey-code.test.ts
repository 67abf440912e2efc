import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { FileLocks } from '../../lib/contract/code.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Page as PageOf } from '../../lib/contract/page.ts'
import type { FileEntry, Uploads, Version } from '../../lib/contract/version.ts'
import { openBrowser } from '../templates/browser.ts'
import { entry } from '../world/files.ts'
import { until } from '../world/until.ts'
import { openStack, type Caller } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

const contents = {
  'README.md': '# Tea\n\nA page about tea.\n',
  'index.html': '<!doctype html>\n<html lang="en"><head><title>Tea</title></head><body><h1>Tea</h1></body></html>\n',
  'src/tea.ts': 'export const leaves = 3\n\nexport const minutes = 4\n\nexport const sorts = []\n',
  'src/style.css': 'body {\n  color: teal;\n}\n',
}

async function saveAs(api: Caller, project: Project['id'], given: Record<string, string>): Promise<Version> {
  const files = Object.entries(given).map(([path, text]) => entry(path, text))
  const { body } = await api.post<Uploads>(projectPaths.uploads(project), { files })
  for (const { sha256, url, headers } of body.uploads) {
    const text = Object.values(given).find((one) => entry('x', one).sha256 === sha256)
    await fetch(url, { method: 'PUT', headers, body: text ?? '' })
  }
  const parent = (await api.get<{ versionId: string | null }>(projectPaths.currentVersion(project))).body.versionId
  const saved = await api.post<Version>(projectPaths.versions(project), {
    parentId: parent,
    message: 'Elsewhere',
    files,
  })
  assert.equal(saved.status, 201, JSON.stringify(saved.body))
  return saved.body
}

test('what a person does with the code of a project', { timeout: 240_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const api = await stack.as('ada@example.com')
  const { id } = (await api.post<Project>(paths.projects(), { name: 'Tea', template: 'static' })).body
  await saveAs(api, id, contents)
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  const step = stepsOf(t, stack)

  const file = (name: string) => page.getByRole('treeitem', { name })
  const editor = page.getByRole('textbox', { name: /^Text of / })
  const textOf = async (path: string) => {
    const { versionId } = (await api.get<{ versionId: Version['id'] }>(projectPaths.currentVersion(id))).body
    const response = await fetch(new URL(projectPaths.file(id, versionId, path), stack.url), {
      headers: { authorization: `Bearer ${api.token}` },
    })
    return response.ok ? response.text() : null
  }
  const filesNow = async () => {
    const { versionId } = (await api.get<{ versionId: Version['id'] }>(projectPaths.currentVersion(id))).body
    const { body } = await api.get<PageOf<FileEntry>>(projectPaths.files(id, versionId))
    return body.items.map(({ path }) => path)
  }
  const saved = (number: number) => page.getByText(`Saved as version ${number}`).waitFor()

  await step('opens the code and reads a file', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await ada.heading('What shall we build?').waitFor()
    await page.goto(`${stack.url}/projects/${id}`)
    await page.getByRole('tab', { name: 'Code' }).click()
    await file('tea.ts').click()
    await editor.getByText('export const leaves = 3').waitFor()
    await ada.lookAt('code-1-file')
  })

  await step(
    'types, takes a word that is offered, leaves the editor by the keyboard, and finds the change after a reload',
    async () => {
      await editor.getByText('export const leaves = 3').click()
      await page.keyboard.press('End')
      await page.keyboard.type(' // of the best lea')
      await page.getByRole('option', { name: 'leaves' }).click()
      await editor.getByText('// of the best leaves').waitFor()
      await page.getByText('1 unsaved change').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Tab')
      assert.equal(await editor.evaluate((field) => field.matches(':focus')), false)
      await page.reload()
      await editor.getByText('// of the best').waitFor()
      await page.getByText('1 unsaved change').waitFor()
    },
  )

  await step('renames a file, makes a new one and deletes another, all waiting to be saved', async () => {
    // Only who may change the files has this button, and that is known a moment after they are shown.
    await button('New file').waitFor()
    await file('style.css').focus()
    await page.keyboard.press('F2')
    await page.getByLabel('New path').fill('styles/other.css')
    await page.keyboard.press('Escape')
    await page.getByLabel('New path').waitFor({ state: 'detached' })
    assert.equal(await file('other.css').count(), 0)
    await file('style.css').focus()
    await page.keyboard.press('F2')
    await page.getByLabel('New path').fill('styles/main.css')
    await page.keyboard.press('Enter')
    await file('main.css').waitFor()
    await button('New file').click()
    await page.getByLabel('Path of the new file').fill('src/milk.ts')
    await page.keyboard.press('Enter')
    await editor.click()
    await page.keyboard.type('export const milk = true')
    await file('README.md').getByRole('button').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await file('README.md').waitFor({ state: 'detached' })
    await page.getByText('README.md is removed.').waitFor()
    assert.equal(await page.getByText('is there already.').count(), 0)
    await ada.lookAt('code-2-draft')
  })

  await step('saves all of it as one version', async () => {
    await editor.click()
    await page.keyboard.press('Control+s')
    await saved(2)
    assert.deepEqual(await filesNow(), ['index.html', 'src/milk.ts', 'src/tea.ts', 'styles/main.css'])
    assert.match((await textOf('src/tea.ts')) ?? '', /leaves = 3 \/\/ of the best/)
    const { body } = await api.get<PageOf<Version>>(projectPaths.versions(id))
    assert.match(body.items[0]?.message ?? '', /^Edited .* and \d more$/)
  })

  await step('takes back what was typed before the save, and takes it up again', async () => {
    await page.keyboard.press('Control+z')
    await editor.getByText('export const milk = true').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+y')
    await editor.getByText('export const milk = true').waitFor()
  })

  await step('goes to a file by part of its name', async () => {
    await page.keyboard.press('Control+p')
    await page.getByRole('combobox', { name: 'Go to file' }).fill('mcss')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: /Text of styles\/main\.css/ }).waitFor()
    await page.getByRole('dialog', { name: 'Go to file' }).waitFor({ state: 'detached' })
  })

  await step('searches all files and replaces what it found', async () => {
    await page.keyboard.press('Control+Shift+F')
    await page.getByRole('searchbox').or(page.getByLabel('Search in all files')).first().fill('export const')
    await page.getByText('4 matches').waitFor()
    await ada.lookAt('code-3-search')
    await page.getByLabel('Replace', { exact: true }).first().fill('const')
    await button('Replace all').click()
    await page.getByText(/^Replaced 4 matches/).waitFor()
    await button('Save').click()
    await saved(3)
    assert.equal(await textOf('src/milk.ts'), 'const milk = true')
    await button('Files').click()
  })

  await step('saves on top of what somebody saved elsewhere, put together line by line', async () => {
    await file('tea.ts').click()
    await editor.getByText('const minutes = 4').click()
    await page.keyboard.press('End')
    await page.keyboard.type('5')
    const tea = (await textOf('src/tea.ts')) ?? ''
    await saveAs(api, id, {
      'src/tea.ts': tea.replace('leaves = 3', 'leaves = 9'),
      'index.html': contents['index.html'],
    })
    await button('Save').click()
    await saved(5)
    const merged = (await textOf('src/tea.ts')) ?? ''
    assert.match(merged, /leaves = 9/)
    assert.match(merged, /minutes = 45/)
  })

  await step('settles a line that both changed, and nothing is saved until then', async () => {
    await editor.getByText('const minutes = 45').click()
    await page.keyboard.press('End')
    await page.keyboard.type('6')
    const tea = (await textOf('src/tea.ts')) ?? ''
    await saveAs(api, id, {
      'src/tea.ts': tea.replace('minutes = 45', 'minutes = 1'),
      'index.html': contents['index.html'],
    })
    await button('Save').click()
    await page.getByText('Version 6 changed the same lines.').waitFor()
    await page.getByRole('textbox', { name: 'Yours' }).getByText('minutes = 456').waitFor()
    await ada.lookAt('code-4-merge')
    assert.match((await textOf('src/tea.ts')) ?? '', /minutes = 1$/m)
    await page.getByRole('textbox', { name: 'Yours' }).getByText('minutes = 456').click()
    await page.keyboard.press('End')
    await page.keyboard.type('7')
    await file('index.html').click()
    await editor.getByText('doctype').waitFor()
    await file('tea.ts').click()
    await page.getByRole('textbox', { name: 'Yours' }).getByText('minutes = 4567').waitFor()
    await button('Use this').click()
    await button('Save').click()
    await saved(7)
    assert.match((await textOf('src/tea.ts')) ?? '', /minutes = 4567/)
  })

  await step('locks a file against the AI', async () => {
    await button('Lock against the AI').first().click()
    await page
      .getByRole('treeitem', { name: /tea\.ts/ })
      .getByLabel('locked')
      .waitFor()
    const locked = async () => (await api.get<FileLocks>(projectPaths.locks(id))).body.items.map(({ path }) => path)
    assert.deepEqual(await until(locked, ({ length }) => length > 0), ['src/tea.ts'])
    await ada.lookAt('code-5-locked')
  })

  await step('takes the files along as a zip and brings them back', async () => {
    const download = page.waitForEvent('download')
    await button('Download, import, compare').click()
    await page.getByRole('menuitem', { name: 'Download as zip' }).click()
    const zip = await (await download).path()
    assert.equal((await download).suggestedFilename(), 'Tea-7.zip')
    await saveAs(api, id, { 'index.html': contents['index.html'] })
    await page.reload()
    await button('Download, import, compare').click()
    await page.getByRole('menuitem', { name: 'Import files' }).click()
    await page
      .getByLabel('Choose a zip')
      .setInputFiles({ name: 'tea.zip', mimeType: 'application/zip', buffer: await readFile(zip) })
    await page
      .getByText('1 file of tea.zip can come in.')
      .or(page.getByText('2 files of tea.zip can come in.'))
      .waitFor()
    await ada.lookAt('code-6-import')
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('Imported as version 9').waitFor()
    assert.deepEqual(await filesNow(), ['index.html', 'src/tea.ts'])
    const { body } = await api.get<PageOf<Version>>(projectPaths.versions(id))
    assert.equal(body.items[0]?.source, 'import')
  })

  await step('compares two versions side by side', async () => {
    await button('Download, import, compare').click()
    await page.getByRole('menuitem', { name: 'Compare with the version before' }).click()
    await page.getByText('1 file changed').waitFor()
    await button('Side by side').click()
    await ada.lookAt('code-7-compare')
  })

  await step('no page complained', async () => {
    // What was refused as outdated was wanted.
    assert.deepEqual(
      ada.complaints.filter((complaint) => !/409/.test(complaint)),
      [],
    )
  })
})
