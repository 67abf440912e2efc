import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mistakes } from '../jobs/stage.ts'
import { liveThrough } from './live-through.ts'
import { openTown } from './town.ts'

// FAULT_SEED=<n> repeats one run; FAULT_RUNS=<n> lives through more of them.
const only = process.env['FAULT_SEED']
const runs = Number(process.env['FAULT_RUNS'] ?? 40)
const seeds = only === undefined ? Array.from({ length: runs }, (_, n) => n + 1) : [Number(only)]
const atOnce = 8

test(
  `${seeds.length} runs live through their faults and each ends as it should`,
  { timeout: Math.max(15, runs / 5) * 60_000 },
  async () => {
    const town = await openTown({ after })
    const clock = setInterval(() => void town.minute(), 1_000)
    const rest = [...seeds]
    const failed: string[] = []
    const ends = new Map<string, number>()
    const lane = async () => {
      for (let seed = rest.shift(); seed !== undefined; seed = rest.shift()) {
        await liveThrough(town, seed).then(
          (end) => ends.set(end, (ends.get(end) ?? 0) + 1),
          (error: unknown) =>
            failed.push(`FAULT_SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`),
        )
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
    clearInterval(clock)
    assert.deepEqual(failed, [])
    assert.deepEqual(await mistakes(town.world), [])
    if (only === undefined) assert.ok(ends.size >= 4, `only ${[...ends.keys()].join(', ')} were seen`)
  },
)
