import postgres from 'postgres'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import { talkFor } from '../world/long-conversation.ts'
import { openDesk, type Desk } from './parts/desk.ts'
import { openHands, type Keys } from './parts/keys.ts'
import { interleaved } from './parts/rounds.ts'
import { onStage } from './parts/stages.ts'
import { median, quantile } from './parts/statistics.ts'
import { openWork } from './parts/work.ts'
import { against, within, type Row } from './row.ts'

const many = 10_000
const few = 10
const rounds = 5
const text = 'and a button that clears it'

/** Milliseconds: until the newest request stood there, of each frame while one scrolled, and of each key. */
interface Visit {
  open: number
  frames: number[]
  keys: Keys
}

/** What ten thousand requests cost who opens, scrolls and goes on with a conversation, against ten. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const desk = await openDesk(stage)
    const sql = postgres(desk.stack.standIns.postgres?.ownerUrl ?? '', { max: 1, onnotice: () => {} })
    stage.after(() => sql.end({ timeout: 1 }))
    const talk = async (count: number) => {
      const { id } = (await desk.api.post<Project>(paths.projects(), { name: `${count} requests` })).body
      await talkFor(sql, { projectId: id, count })
      return id
    }
    const [long, short] = [await talk(many), await talk(few)]
    const means = { desk, hands: await openHands(desk.page), worked: await openWork(desk.page) }
    const candidates = {
      long: () => visit(means, { id: long, count: many }),
      short: () => visit(means, { id: short, count: few }),
    }
    await interleaved(1, candidates)
    const taken = await interleaved(rounds, candidates)
    return rowsOf(taken.long, taken.short)
  })
}

function rowsOf(long: readonly Visit[], short: readonly Visit[]): Row[] {
  const both = (of: (visits: readonly Visit[]) => number) =>
    ({ measured: of(long), floor: of(short), unit: 'ms' }) as const
  const open = both((visits) => median(visits.map((one) => one.open)))
  const frame = both((visits) =>
    quantile(
      visits.flatMap(({ frames }) => frames),
      0.95,
    ),
  )
  const key = both((visits) =>
    quantile(
      visits.flatMap(({ keys }) => keys.work),
      0.95,
    ),
  )
  const name = `${many} requests`
  return [
    within({ figure: `${name}, page to the newest`, ...open }, { atMost: 1_000 }),
    against({ figure: `${name}, page to the newest`, ...open }, { atMost: 1.5 }),
    against({ figure: `${name}, work of a frame while scrolling, p95`, ...frame }, { atMost: 1.5 }),
    within({ figure: `${name}, work of a key in the box, p95`, ...key }, { atMost: 16 }),
    against({ figure: `${name}, work of a key in the box, p95`, ...key }, { atMost: 1.5 }),
  ]
}

interface Means {
  desk: Desk
  hands: (text: string) => Promise<Keys>
  worked: () => Promise<number>
}

async function visit({ desk, hands, worked }: Means, { id, count }: { id: ProjectId; count: number }): Promise<Visit> {
  const { page, stack } = desk
  await page.goto(`${stack.url}/projects/${id}`, { waitUntil: 'commit' })
  await page.getByText(`Done, number ${count}.`).waitFor()
  const open = await page.evaluate(() => performance.now())
  await page.waitForLoadState('networkidle')
  const frames = await scrolling(page, worked)
  await page.getByLabel('What should change?').focus()
  const keys = await hands(text)
  await page.getByLabel('What should change?').fill('')
  return { open, frames, keys }
}

/** How long the page worked for each frame while a wheel turned up and down again, both ways alike. */
async function scrolling(page: Desk['page'], worked: () => Promise<number>): Promise<number[]> {
  await page.getByRole('feed').hover()
  const frames: number[] = []
  for (const by of [-120, 120]) {
    for (let turn = 0; turn < 15; turn += 1) {
      const before = await worked()
      await page.mouse.wheel(0, by)
      await page.waitForTimeout(30)
      frames.push((await worked()) - before)
    }
  }
  return frames
}
