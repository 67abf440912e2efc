import { Daytona } from '@daytonaio/sdk'
import { openStack } from '../stack/open-stack.ts'
import { onStage } from './parts/stages.ts'
import { median } from './parts/statistics.ts'
import { beside, type Row } from './row.ts'

const atOnce = 20

/** A sandbox of the app's image by the vendor's SDK, from the request until it is ready: alone, and 20 at once. */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const { environment } = await openStack(stage)
    const { DAYTONA_API_URL = '', DAYTONA_API_KEY = '', DAYTONA_TARGET = '', DAYTONA_SNAPSHOT = '' } = environment
    const client = new Daytona({
      apiUrl: DAYTONA_API_URL,
      apiKey: DAYTONA_API_KEY,
      target: DAYTONA_TARGET,
      useDeprecatedPolling: true,
    })
    const create = async () => {
      const started = performance.now()
      const sandbox = await client.create({ snapshot: DAYTONA_SNAPSHOT })
      return { sandbox, ms: performance.now() - started }
    }
    const alone: number[] = []
    for (let round = 0; round < 5; round++) {
      const { sandbox, ms } = await create()
      if (round > 0) alone.push(ms)
      await sandbox.delete()
    }
    const started = performance.now()
    const many = await Promise.all(Array.from({ length: atOnce }, create))
    const all = performance.now() - started
    await Promise.all(many.map(({ sandbox }) => sandbox.delete()))
    return [
      beside({ figure: 'sandbox create to ready', measured: median(alone), unit: 'ms' }),
      beside({ figure: `sandbox create to ready, ${atOnce} at once, the last one`, measured: all, unit: 'ms' }),
    ]
  })
}
