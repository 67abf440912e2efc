import type { HookContext } from '../context.ts'
import { toAnswer, toCall, type Call, type WebAnswer, type WebEvent } from './event.ts'

/** A few hundred kilobytes are more than any event that is sent to us. */
const mostBytes = 512 * 1024

/** What became of a delivery: `forged` is refused, everything else is taken and not to be sent again. */
export type Taken = 'taken' | 'known' | 'of no interest' | 'forged'

export type Take = (delivery: { header: Call['header']; bytes: Buffer }, context: HookContext) => Promise<Taken>

/** The entrance of a webhook. What cannot be written down now is answered 503, and its sender tries again. */
export function hook(take: Take, context: () => HookContext) {
  return async function main(event: WebEvent): Promise<WebAnswer> {
    const call = toCall(event)
    const world = context()
    const bytes = call.bytes()
    if (call.method !== 'POST') return said(405, { allow: 'POST' })
    if (bytes.length > mostBytes) return said(413)
    const taken = await take({ header: call.header, bytes }, world).catch((error: unknown) => {
      world.log('error', 'a delivery was not taken', { error })
      return undefined
    })
    world.log('notice', 'delivered', { taken: taken ?? 'failed' })
    if (taken === undefined) return said(503, { 'retry-after': '30' })
    return said(taken === 'forged' ? 400 : 200)
  }
}

const said = (status: number, headers: Record<string, string> = {}): WebAnswer =>
  toAnswer({ status, headers: { 'cache-control': 'no-store', ...headers }, body: { received: status === 200 } })
