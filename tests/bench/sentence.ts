import { join } from 'node:path'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import { startModel } from '../../local/model/start.ts'
import { installTemplates } from '../../scripts/install-templates.ts'
import { openStack, type Caller } from '../stack/open-stack.ts'
import { buildBare, type Took } from './parts/bare-loop.ts'
import { interleaved } from './parts/rounds.ts'
import { onStage } from './parts/stages.ts'
import { median } from './parts/statistics.ts'
import { answers, until } from './parts/until.ts'
import { beside, within, type Row } from './row.ts'

const prompt = 'a habit tracker with streaks'
const rounds = 2
const apiKey = 'bench'

/** From a sentence to a preview that answers, and to the end, through the whole stack and by the bare SDK loop. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const templates = await installTemplates({ dataDir: join(import.meta.dirname, '../../build'), say: () => {} })
    const template = templates.find(({ name }) => name === 'react')
    if (!template) throw new Error('there is no template react')
    const model = await startModel({ port: 0, apiKey })
    stage.after(() => model.stop())
    const stack = await openStack(stage)
    const ada = await stack.as('ada@example.com')
    const bare = () => buildBare({ prompt, template, model: { url: model.url, apiKey } })
    const whole = () => buildWhole(ada)
    // The first one of each starts containers and reads files that are then at hand.
    await interleaved(1, { bare, whole })
    const found = await interleaved(rounds, { bare, whole })
    const middle = (builds: Took[], figure: keyof Took) => median(builds.map((build) => build[figure])) / 1_000
    const show = (figure: string, measured: number) => beside({ figure, measured, unit: 's' })
    return [
      show('sentence to first preview', middle(found.whole, 'previewMs')),
      show('sentence to complete', middle(found.whole, 'completeMs')),
      show('bare SDK loop to first preview', middle(found.bare, 'previewMs')),
      show('bare SDK loop to complete', middle(found.bare, 'completeMs')),
      within(
        {
          figure: 'sentence to complete, more than the bare SDK loop',
          measured: middle(found.whole, 'completeMs') - middle(found.bare, 'completeMs'),
          unit: 's',
        },
        { atMost: 1.5 },
      ),
    ]
  })
}

async function buildWhole(person: Caller): Promise<Took> {
  const started = performance.now()
  const passed = () => performance.now() - started
  const { project, generation } = await person.build(prompt)
  const shown = until('the preview', async () => {
    const { body } = await person.get<Sandbox>(projectPaths.sandbox(project.id))
    return body.preview !== null && (await answers(body.preview.url))
  })
  const [previewMs, completeMs] = await Promise.all([
    shown.then(passed),
    person.ended(project.id, generation.id).then(({ state, failure }) => {
      if (state !== 'succeeded') throw new Error(`the generation ${state}: ${failure?.code}`)
      return passed()
    }),
  ])
  await person.delete(paths.project(project.id))
  await person.delete(paths.deletedProject(project.id))
  return { previewMs, completeMs }
}
