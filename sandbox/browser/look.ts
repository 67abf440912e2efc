import type { Chromium } from './chromium.ts'
import { openComplaints } from './complaints.ts'
import { entropyOf, leastEntropy } from './entropy.ts'
import { pixelsOf } from './png.ts'
import type { Sight } from './wire.ts'

const size = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false }
const quietFor = 200
const blankAfter = 1_000
const restlessAfter = 3_000
const readyWithin = 15_000
const answerWithin = 12_000
const mostPicture = 60 * 1024

/**
 * Opens a page as a person would, waits until it has come to rest, and answers what it complained of and what is to be
 * seen. A page that shows nothing yet, or complains, is opened once more: a dev server may have been in the middle of a change.
 */
export async function look(chromium: Chromium, url: string): Promise<Sight> {
  const first = await visit(chromium, url)
  const isFine = first.entropy >= leastEntropy && first.errors.length + first.failed.length === 0
  return isFine ? first : visit(chromium, url)
}

async function visit(chromium: Chromium, url: string): Promise<Sight> {
  const { targetId } = await chromium.ask('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = (await chromium.ask('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string
  }
  const ask: Ask = (method, params = {}) => inTime(chromium.ask(method, params, sessionId))
  const complaints = openComplaints(new URL(url).origin)
  const stop = chromium.on((happening) => {
    if (happening.sessionId !== sessionId) return
    complaints.take(happening)
    // A page that asks something would wait for ever.
    if (happening.method === 'Page.javascriptDialogOpening') {
      ask('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined)
    }
  })
  try {
    const domains = ['Page', 'Runtime', 'Log', 'Network'].map((domain) => ask(`${domain}.enable`))
    await Promise.all([...domains, ask('Emulation.setDeviceMetricsOverride', size)])
    await ask('Page.navigate', { url })
    const entropy = await settle(ask, complaints.quietMs)
    const picture = await takePicture(ask)
    return { errors: complaints.errors(), failed: complaints.failed(), entropy, picture }
  } finally {
    stop()
    await chromium.ask('Target.closeTarget', { targetId })
  }
}

/** The page keeps the browser so busy that it does not answer. */
export class Hung extends Error {}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const hung = new Hung(`The page does not answer for ${answerWithin / 1000} s: its own code keeps it busy.`)
  const timer = setTimeout(() => late.reject(hung), answerWithin)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

type Ask = (method: string, params?: object) => Promise<Record<string, unknown>>

/**
 * Waits until nothing is on its way and something is to be seen; answers how much. A page that never rests is taken as it
 * is after a while, and one that rests and shows nothing, as blank. A busy machine gets its time.
 */
async function settle(ask: Ask, quietMs: () => number): Promise<number> {
  const started = Date.now()
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const waited = Date.now() - started
    if (quietMs() < quietFor && waited < restlessAfter) continue
    const entropy = entropyOf(pixelsOf(await shoot(ask, { format: 'png', scale: 0.5 })))
    if (entropy >= leastEntropy || quietMs() > blankAfter || waited > readyWithin) return entropy
  }
}

/** A picture of at most 60 KB: crowded ones are taken smaller. */
async function takePicture(ask: Ask): Promise<string | null> {
  for (const [scale, quality] of [
    [1, 60],
    [0.75, 50],
    [0.5, 40],
  ] as const) {
    const bytes = await shoot(ask, { format: 'webp', scale, quality })
    if (bytes.length <= mostPicture) return bytes.toString('base64')
  }
  return null
}

async function shoot(ask: Ask, { scale, ...format }: { format: string; scale: number; quality?: number }) {
  const clip = { x: 0, y: 0, width: size.width, height: size.height, scale }
  const { data } = await ask('Page.captureScreenshot', { ...format, clip })
  return Buffer.from(String(data), 'base64')
}
