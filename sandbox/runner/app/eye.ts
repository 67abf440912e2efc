import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Looked, type Sight } from '../../browser/wire.ts'
import { place } from '../../place.ts'
import { spawnAsApp } from '../host/app-user.ts'

const mostMs = 60_000

/** What came of a look: what was seen, or that the page hung; undefined when there is nobody to look. */
export type Glance = { sight: Sight } | { hung: string } | undefined

/** Looks at the preview with a browser, as a person would. Where the sandbox has none, or it fails, nobody looks. */
export function openEye() {
  let child: ChildProcess | undefined
  let count = 0
  return { open, look, close }

  /** Starts the browser, which takes a moment, so that it is there when it is wanted. */
  function open() {
    if (child || !existsSync(place.browser)) return
    const program = join(dirname(process.argv[1] ?? ''), 'browser.js')
    const started = spawnAsApp(process.execPath, [program, place.browser], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child = started
    const forget = () => {
      if (child === started) child = undefined
    }
    started.on('exit', forget).on('error', forget)
  }

  async function look(): Promise<Glance> {
    open()
    const asked = child
    if (!asked) return undefined
    const id = ++count
    const answered = Promise.withResolvers<Glance>()
    const take = (message: unknown) => {
      const looked = Looked.safeParse(message).data
      if (looked?.id === id) answered.resolve(asGlance(looked))
    }
    const giveUp = () => answered.resolve(undefined)
    const timer = setTimeout(giveUp, mostMs)
    asked.on('message', take).once('exit', giveUp)
    asked.send({ id, url: `http://127.0.0.1:${place.ports.preview}/` }, (error) => error && giveUp())
    return answered.promise.finally(() => {
      clearTimeout(timer)
      asked.off('message', take).off('exit', giveUp)
    })
  }

  /** It ends itself and its browser once nobody is there to ask it. */
  function close() {
    if (child?.connected) child.disconnect()
  }
}
export type Eye = ReturnType<typeof openEye>

function asGlance(looked: Looked): Glance {
  if ('sight' in looked) return { sight: looked.sight }
  return looked.hung ? { hung: looked.problem } : undefined
}
