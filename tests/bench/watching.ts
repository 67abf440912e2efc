import { paths } from '../../lib/contract/paths.ts'
import { openSlowRun } from './parts/slow-run.ts'
import { onStage } from './parts/stages.ts'
import { within, type Row } from './row.ts'

const watchedMs = 60_000
/** So slow that a run lasts longer than it is watched. */
const replyMs = 15_000

/** How many calls of the API a browser makes in a minute while it shows a run that is under way. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const { page, running } = await openSlowRun(stage, { replyMs })
    // The first reply has come: the page follows the sandbox by its socket now.
    await running.getByText('src/App.tsx').first().waitFor({ timeout: 60_000 })

    const calls: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith(paths.projects())) calls.push(`${request.method()} ${pathname}`)
    })
    await new Promise((resolve) => setTimeout(resolve, watchedMs))
    if ((await running.count()) === 0) throw new Error('the run ended too early')
    const figure = 'function invocations by a browser that watches a run'
    return [within({ figure, measured: calls.length, unit: 'a minute' }, { atMost: 3 })]
  })
}
