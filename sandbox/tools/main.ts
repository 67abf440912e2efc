import { mkdirSync } from 'node:fs'
import { copyFiles, readFile, removeFiles, writeFiles } from './files.ts'
import { bringModules } from './modules.ts'
import { endAll } from './groups.ts'
import { readingTools } from './reading.ts'
import { readScripts, runScript } from './script.ts'
import { openSeen } from './seen.ts'
import { openSnapshots } from './snapshot.ts'
import { openToolset } from './toolset.ts'
import { Question, type Answers, type Ask } from './wire.ts'

/**
 * The tool host: does everything that touches the project's files, as the user that generated code runs as, with
 * nothing in its memory or environment worth stealing. Started with the project's and the template's folder.
 */
function main(project: string, template: string) {
  mkdirSync(project, { recursive: true })
  const folders = { project, template }
  const own = openSnapshots(project)
  const seen = openSeen({ project, snapshots: own, starter: () => openSnapshots(template).take().files })
  const toolset = openToolset(project, own, seen)

  const doers: { [K in Ask['op']]: (ask: Ask & { op: K }) => Answers[K] | Promise<Answers[K]> } = {
    snapshot: ({ of }) => (of === 'project' ? own.take() : openSnapshots(template).take()),
    read: ({ path, of }) => readFile(of === 'template' ? template : project, path),
    write: ({ files }) => writeFiles(project, files),
    copy: ({ paths }) => copyFiles(template, project, paths),
    remove: ({ paths }) => removeFiles(project, paths),
    modules: () => bringModules(folders),
    scripts: () => readScripts(project),
    script: ({ name, seconds }) => runScript(project, name, seconds),
    learn: ({ files }) => {
      seen.learn(files)
      return null
    },
    use: ({ tool, input, readOnly }) => (readOnly && !readingTools.includes(tool) ? refusal : toolset.use(tool, input)),
  }

  process.on('message', (message) => void answer(message))
  // The runner is gone: what it had started must not write any more.
  process.on('disconnect', () => {
    toolset.close()
    endAll()
    process.exit(0)
  })

  async function answer(message: unknown) {
    const { id, ask } = Question.parse(message)
    try {
      const doer = doers[ask.op] as (ask: Ask) => unknown
      process.send?.({ id, answer: await doer(ask) })
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) })
    }
  }
}

// A run that only plans changes nothing, whatever its runner lets through.
const refusal = { ok: false, output: 'This run only plans: it can read and search.', changes: [], seen: [] }

main(process.argv[2] ?? '', process.argv[3] ?? '')
