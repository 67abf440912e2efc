import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { openDesk, type Desk } from './parts/desk.ts'
import { interleaved } from './parts/rounds.ts'
import { onStage } from './parts/stages.ts'
import { median } from './parts/statistics.ts'
import { until } from './parts/until.ts'
import { against, within, type Row } from './row.ts'

/** So few that nobody is told to slow down: each opens four pages. */
const rounds = 4
const many = 2_000
const few = 20
const template = join(import.meta.dirname, '../../templates/static')
/** What serves its page. */
const tools = ['package.json', ...readdirSync(join(template, 'tools')).map((name) => `tools/${name}`)]
const program = tools.map((path): [string, string] => [path, readFileSync(join(template, path), 'utf8')])

/** How soon a project of two thousand files stands there, against one of twenty: its page, and its code. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const desk = await openDesk(stage)
    const large = await projectOf(desk, many)
    const small = await projectOf(desk, few)
    await desk.page.addInitScript(watch)
    const opened = (project: ProjectId) => () => opening(desk, project)
    const candidates = { large: opened(large), small: opened(small) }
    await interleaved(1, candidates)
    const taken = await interleaved(rounds, candidates)
    const rowsOf = (what: string, key: keyof Opening) => {
      const [measured, floor] = [taken.large, taken.small].map((all) => median(all.map((one) => one[key])))
      const both = { measured: measured ?? Number.NaN, floor: floor ?? Number.NaN, unit: 'ms' } as const
      const figure = `${many} files, ${what}`
      return [within({ figure, ...both }, { atMost: 1_000 }), against({ figure, ...both }, { atMost: 1.5 })]
    }
    return [
      ...rowsOf('page to its box', 'box'),
      ...rowsOf('page to its tree, where the code was open', 'tree'),
      ...rowsOf('Code pressed to its tree', 'pressed'),
    ]
  })
}

/** Milliseconds until each stood there. */
interface Opening {
  box: number
  tree: number
  pressed: number
}

async function opening({ stack, page }: Desk, project: ProjectId): Promise<Opening> {
  const open = async (tab: string) => {
    await page.evaluate((kept) => localStorage.setItem('everjust:panes', JSON.stringify({ tab: kept })), tab)
    await page.goto(`${stack.url}/projects/${project}`, { waitUntil: 'commit' })
  }
  await open('preview')
  const box = await seen(page, 'box')
  await page.waitForLoadState('networkidle')
  await page.getByRole('tab', { name: 'Code' }).click()
  const pressed = (await seen(page, 'tree')) - (await seen(page, 'press'))
  await open('code')
  return { box, pressed, tree: await seen(page, 'tree') }
}

async function seen(page: Desk['page'], what: keyof typeof globalThis.everjustSeen): Promise<number> {
  const found = await page.waitForFunction((name) => globalThis.everjustSeen[name], what, { polling: 50 })
  return (await found.jsonValue()) ?? Number.NaN
}

declare global {
  // When each was painted first, in milliseconds of the page.
  var everjustSeen: { box?: number; tree?: number; press?: number }
}

function watch(): void {
  const seen: typeof globalThis.everjustSeen = {}
  globalThis.everjustSeen = seen
  const signs = { box: 'textarea:not(:disabled)', tree: '[role=treeitem]' } as const
  const note = (name: keyof typeof signs) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => (seen[name] ??= performance.now())
    requestAnimationFrame(() => port2.postMessage(0))
  }
  new MutationObserver(() => {
    for (const name of ['box', 'tree'] as const)
      if (seen[name] === undefined && document.querySelector(signs[name])) note(name)
  }).observe(document, { subtree: true, childList: true, attributes: true })
  addEventListener('click', () => (seen.press ??= performance.now()), { capture: true })
}

async function projectOf(desk: Desk, count: number): Promise<ProjectId> {
  const files = Array.from({ length: count - program.length - 1 }, (_, at): [string, string] => [
    `src/part-${at % 40}/piece-${at}.ts`,
    `export const piece${at} = ${at}\n`,
  ])
  const contents = { 'index.html': '<h1>Here</h1>\n', ...Object.fromEntries([...program, ...files]) }
  const id = await desk.projectOf(`${count} files`, contents)
  // Its app runs, so that no start of a sandbox falls into what is measured.
  await desk.api.post(projectPaths.sandbox(id))
  await until('the sandbox', async () => {
    const { body } = await desk.api.get<{ state: string }>(projectPaths.sandbox(id))
    return body.state === 'started'
  })
  return id
}
