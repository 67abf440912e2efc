import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { openDesk } from './parts/desk.ts'
import { longFile } from './parts/long-file.ts'
import { openHands, type Keys } from './parts/keys.ts'
import { interleaved } from './parts/rounds.ts'
import { onStage } from './parts/stages.ts'
import { quantile } from './parts/statistics.ts'
import { against, within, type Row } from './row.ts'

const lines = 5_000
const rounds = 4
/** With words to complete, brackets to close, and new lines. */
const text = 'const later = items.filter((item) => item.at > now)\nif (later) {\nreturn later'

/** What a key costs in the middle of a long TypeScript file, against CodeMirror as it comes with the same text. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const { stack, page, projectOf } = await openDesk(stage)
    const contents = { 'src/long.ts': longFile(lines), 'index.html': '<h1>Long</h1>\n' }
    const project = await projectOf('Long file', contents)
    const ours = await openHands(page)
    await page.goto(`${stack.url}/projects/${project}`)
    await page.getByRole('tab', { name: 'Code' }).click()
    await page.getByRole('treeitem', { name: 'long.ts' }).click()
    const bare = await page.context().newPage()
    const floor = await openHands(bare)
    await openBare(bare)
    const candidates = { ours: () => inTheMiddle(page, ours), floor: () => inTheMiddle(bare, floor) }
    await interleaved(1, candidates)
    const taken = await interleaved(rounds, candidates)
    return rowsOf(gather(taken.ours), gather(taken.floor))
  })
}

function rowsOf(ours: Keys, floor: Keys): Row[] {
  const name = `a key in ${lines} lines`
  const at = (part: number, of: keyof Keys) => ({
    measured: quantile(ours[of], part),
    floor: quantile(floor[of], part),
    unit: 'ms' as const,
  })
  return [
    against({ figure: `${name}, work of the page, p50`, ...at(0.5, 'work') }, { atMost: 4 }),
    within({ figure: `${name}, work of the page, p95`, ...at(0.95, 'work') }, { atMost: 16 }),
    against({ figure: `${name}, until its frame is painted, p50`, ...at(0.5, 'seen') }, { atMost: 2 }),
    against({ figure: `${name}, until its frame is painted, p95`, ...at(0.95, 'seen') }, { atMost: 2 }),
  ]
}

const gather = (rounds: readonly Keys[]): Keys => ({
  seen: rounds.flatMap(({ seen }) => seen),
  work: rounds.flatMap(({ work }) => work),
})

async function inTheMiddle(page: Page, hands: (text: string) => Promise<Keys>): Promise<Keys> {
  await page.bringToFront()
  await page.locator('.cm-scroller').evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
  await page.mouse.click(800, 500)
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  return hands(text)
}

async function openBare(page: Page): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'parts/bare-editor.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
  })
  await page.goto('about:blank')
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
  await page.evaluate((doc) => globalThis.everjustBare(doc), longFile(lines))
}
