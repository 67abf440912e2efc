import type { Chromium } from './chromium.ts'
import { openComplaints } from './complaints.ts'
import { entropyOf, leastEntropy } from './entropy.ts'
import { pixelsOf } from './png.ts'
import type { Sight } from './wire.ts'

const size = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false }
const readyWithin = 6_000
const quietFor = 200
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
  const ask = (method: string, params: object = {}) => chromium.ask(method, params, sessionId)
  const complaints = openComplaints(new URL(url).origin)
  const stop = chromium.on((happening) => {
    if (happening.sessionId !== sessionId) return
    complaints.take(happening)
    // A page that asks something would wait for ever.
    if (happening.method === 'Page.javascriptDialogOpening') void ask('Page.handleJavaScriptDialog', { accept: false })
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

type Ask = (method: string, params?: object) => Promise<Record<string, unknown>>

/** Waits until nothing is on its way and something is to be seen; answers how much. */
async function settle(ask: Ask, quietMs: () => number): Promise<number> {
  const until = Date.now() + readyWithin
  for (let entropy = 0; ;) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const isLate = Date.now() > until
    if (quietMs() < quietFor && !isLate) continue
    entropy = entropyOf(pixelsOf(await shoot(ask, { format: 'png', scale: 0.5 })))
    // What shows nothing after a second of rest shows nothing.
    if (entropy >= leastEntropy || quietMs() > 1_000 || isLate) return entropy
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
