import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { interleaved } from './parts/rounds.ts'
import { median } from './parts/statistics.ts'
import { openTown } from './parts/town.ts'
import { against, within, type Row } from './row.ts'

const rounds = 12
const built = join(import.meta.dirname, '../../build/functions/v1/projects/index.js')

/** From the start of a process to its first authorised answer, against a process that does nothing. */
export async function measure(): Promise<Row[]> {
  await using parts = new AsyncDisposableStack()
  const town = await openTown({ people: 1, projects: 20 })
  parts.defer(() => town.close())
  const folder = await mkdtemp(join(tmpdir(), 'everjust-bench-'))
  parts.defer(() => rm(folder, { recursive: true, force: true }))
  const program = join(folder, 'first-answer.cjs')
  const empty = join(folder, 'empty.cjs')
  await writeFile(program, `${await readFile(built, 'utf8')}\n${firstAnswer}`)
  await writeFile(empty, '')

  const environment = { ...town.environment, TOKEN: town.people[0]?.token ?? '' }
  const answering = () => untilOutput(program, environment)
  const nothing = () => untilExit(empty)
  await interleaved(1, { answering, nothing })
  const found = await interleaved(rounds, { answering, nothing })
  const measured = median(found.answering)
  const figure = 'process start to first authorised answer of v1/projects'
  return [
    within({ figure, measured, unit: 'ms' }, { atMost: 100 }),
    against(
      { figure: `${figure}, against an empty process`, measured, floor: median(found.nothing), unit: 'ms' },
      { atMost: 3 },
    ),
  ]
}

/** Plain CommonJS behind the bundle: what a container does after it evaluated the file, without its other manners. */
const firstAnswer = `
const headers = { authorization: 'Bearer ' + process.env.TOKEN, 'x-forwarded-for': '10.0.0.1' }
main({ http: { method: 'GET', path: '', queryString: '', headers } })
  .then(({ statusCode }) => process.stdout.write('answered ' + statusCode + '\\n'))`

/** Milliseconds until the program said that it answered with 200. */
async function untilOutput(file: string, env: Record<string, string>): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString('utf8')
    if (/^answered \d/m.test(said)) break
  }
  const milliseconds = performance.now() - started
  child.kill('SIGKILL')
  if (!/^answered 200$/m.test(said)) throw new Error(`The first answer was not 200: ${said}`)
  return milliseconds
}

async function untilExit(file: string): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [file], { env: {}, stdio: 'ignore' })
  await once(child, 'exit')
  return performance.now() - started
}
