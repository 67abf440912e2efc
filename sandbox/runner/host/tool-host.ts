import type { ChildProcess } from 'node:child_process'
import { closeSync, constants, fchownSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { place } from '../../place.ts'
import { answers, Reply, type Answers, type Ask, type Known } from '../../tools/wire.ts'
import { appUser, spawnAsApp } from './app-user.ts'

/** Longer than anything takes that it is asked for. What does not answer was stopped by generated code, and is killed. */
const usualPatience = { answer: 5 * 60_000, close: 2_000 }

interface Waiting {
  resolve: (answer: unknown) => void
  reject: (error: Error) => void
}

/**
 * Opens the tool host for a project made from `template`; all that touches the project's files goes through it.
 * Generated code may end it: what was asked then fails, and the next question starts another.
 */
export function openToolHost(template: string, patience = usualPatience) {
  giveHome()
  const waiting = openQuestions()
  const seen = new Map<string, string>()
  let child: ChildProcess | undefined = launch()

  return { ask, close, learn, seen: () => filesOf(seen) }

  async function ask<K extends Ask['op']>(question: Ask & { op: K }): Promise<Answers[K]> {
    if (!child) {
      child = launch()
      if (seen.size > 0) void send({ op: 'learn', files: filesOf(seen) }).catch(() => undefined)
    }
    const answer = answers[question.op].parse(await send(question)) as Answers[K]
    if (question.op === 'use') for (const { path, sha256 } of (answer as Answers['use']).seen) seen.set(path, sha256)
    return answer
  }

  /** What the model saw in an earlier attempt; a host that is started again is told too. */
  async function learn(files: readonly Known[]) {
    for (const { path, sha256 } of files) seen.set(path, sha256)
    await ask({ op: 'learn', files: filesOf(seen) })
  }

  function send(question: Ask): Promise<unknown> {
    const { id, answer } = waiting.open()
    const asked = child
    asked?.send({ id, ask: question })
    const timer = setTimeout(() => asked?.kill('SIGKILL'), patience.answer)
    return answer.finally(() => clearTimeout(timer))
  }

  function launch() {
    const fail = () => {
      child = undefined
      waiting.fail(new Error('The tools were ended from within the sandbox.'))
    }
    return start(template).on('message', waiting.settle).on('error', fail).on('exit', fail)
  }

  /** Ends the host and everything it started; answers when it is gone. */
  async function close() {
    if (child) await end(child, patience.close)
  }
}

async function end(child: ChildProcess, patience: number) {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await gone
  clearTimeout(timer)
}

const filesOf = (seen: ReadonlyMap<string, string>): Known[] => Array.from(seen, ([path, sha256]) => ({ path, sha256 }))

export type ToolHost = ReturnType<typeof openToolHost>

/** What was asked and not answered yet. */
function openQuestions() {
  const waiting = new Map<number, Waiting>()
  let count = 0
  return {
    open: () => {
      const id = ++count
      return { id, answer: new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject })) }
    },
    settle: (message: unknown) => {
      const reply = Reply.safeParse(message)
      const asked = reply.data && waiting.get(reply.data.id)
      if (!reply.data || !asked) return
      waiting.delete(reply.data.id)
      if ('error' in reply.data) asked.reject(new Error(reply.data.error))
      else asked.resolve(reply.data.answer)
    },
    fail: (error: Error) => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    },
  }
}

function start(template: string) {
  const program = join(dirname(process.argv[1] ?? ''), 'tools.js')
  const args = [program, place.project, join(place.templates, template)]
  return spawnAsApp(process.execPath, args, { cwd: '/', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

// By handle and without following a link: the folder belongs to generated code as soon as it exists.
function giveHome() {
  const user = appUser()
  mkdirSync(place.home, { recursive: true })
  if (!user) return
  const handle = openSync(place.home, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  if (fstatSync(handle).uid !== user.uid) fchownSync(handle, user.uid, user.gid)
  closeSync(handle)
}
