import { countNeedless, type Touched } from '../../lib/domain/needless.ts'
import { touchesOf } from '../../lib/domain/touches.ts'
import type { Source } from './api.ts'
import { readRecorded } from './recorded.ts'

/** How many lines a recorded run touched, and how many of them needed no touching. */
export async function touchedBy(source: Source): Promise<Touched> {
  const { job } = await readRecorded(source)
  const textOf = (sha256: string) => {
    const content = job.contents[sha256]
    return content === undefined ? undefined : Buffer.from(content, 'base64').toString('utf8')
  }
  return countNeedless(touchesOf({ start: job.start.files, steps: job.steps, textOf }))
}
