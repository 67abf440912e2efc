import type { OpenStack } from './open-stack.ts'

const patienceMs = 60_000

/** The last link in the latest mail to an address, once there is one that `fits`. */
export async function mailedLink({ standIns }: OpenStack, to: string, fits = /./): Promise<string> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const mail = standIns.post?.sent().findLast((sent) => sent.to.includes(to) && fits.test(sent.text))
    const link = mail?.text.match(/https?:\/\/\S+/g)?.at(-1)
    if (link) return link
    if (Date.now() > deadline) throw new Error(`no mail came to ${to}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
