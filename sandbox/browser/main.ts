import { startChromium, type Chromium } from './chromium.ts'
import { look } from './look.ts'
import { Look, type Looked } from './wire.ts'

const mostMs = 15_000

/**
 * Looks at pages for its runner, as the user that generated code runs as. The browser is started at once, and anew after
 * a page has hung it.
 */
function main(program: string) {
  let browser: Promise<Chromium> | undefined
  const open = () => (browser ??= startChromium(program))
  const close = async () => {
    const closing = browser
    browser = undefined
    await closing?.then(
      (chromium) => chromium.close(),
      () => undefined,
    )
  }
  open().catch(() => undefined)

  process.on('message', (message) => void answer(Look.parse(message)))
  process.on('disconnect', () => void close().finally(() => process.exit(0)))

  async function answer({ id, url }: Look) {
    const say = (looked: Looked) => process.send?.(looked)
    try {
      say({ id, sight: await within(mostMs, async () => look(await open(), url)) })
    } catch (error) {
      await close()
      const problem = error instanceof Error ? error.message.slice(0, 2_000) : 'The browser failed.'
      say({ id, problem, hung: error instanceof Hung })
    }
  }
}

class Hung extends Error {}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Hung(`The page does not come to rest within ${ms / 1000} s.`)), ms)
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

main(process.argv[2] ?? '')
