import type { Page } from 'playwright-core'
import { paths } from '../../../lib/contract/paths.ts'
import { projectPaths } from '../../../lib/contract/project-paths.ts'
import type { Project } from '../../../lib/contract/project.ts'
import { batchLimit, type Uploads } from '../../../lib/contract/version.ts'
import { openStack, type Caller, type OpenStack } from '../../stack/open-stack.ts'
import { openPerson } from '../../stack/person.ts'
import { openBrowser } from '../../templates/browser.ts'
import { entry } from '../../world/files.ts'

interface Stage {
  after(undo: () => Promise<void>): void
}

/** Somebody signed in at a browser of the whole stack, and their way to the API. */
export interface Desk {
  stack: OpenStack
  api: Caller
  page: Page
  /** A project whose current version has these files. */
  projectOf(name: string, contents: Readonly<Record<string, string>>): Promise<Project['id']>
}

export async function openDesk(stage: Stage): Promise<Desk> {
  const stack = await openStack(stage)
  const browser = await openBrowser()
  stage.after(() => browser.close())
  const api = await stack.as('ada@example.com')
  const ada = await openPerson(browser, stack.url)
  await ada.page.goto(stack.url)
  await ada.signIn('Ada Lovelace')
  await ada.page.getByLabel('What should be built?').waitFor()
  return { stack, api, page: ada.page, projectOf: (name, contents) => projectOf(api, name, contents) }
}

async function projectOf(api: Caller, name: string, contents: Readonly<Record<string, string>>) {
  const { id } = (await api.post<Project>(paths.projects(), { name, template: 'static' })).body
  const texts = new Map(Object.entries(contents).map(([path, text]) => [entry(path, text).sha256, text]))
  const files = Object.entries(contents).map(([path, text]) => entry(path, text))
  for (let at = 0; at < files.length; at += batchLimit) {
    const announced = { files: files.slice(at, at + batchLimit) }
    const { uploads } = (await api.post<Uploads>(projectPaths.uploads(id), announced)).body
    for (const { sha256, url, headers } of uploads)
      await fetch(url, { method: 'PUT', headers, body: texts.get(sha256) ?? '' })
  }
  const saved = await api.post(projectPaths.versions(id), { parentId: null, message: 'Files', files })
  if (saved.status !== 201) throw new Error(`not saved: ${JSON.stringify(saved.body)}`)
  return id
}
