import { setTimeout as pause } from 'node:timers/promises'
import type { JobDesk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import { carrierRole, type Letter } from '../contract/mail.ts'

const ticketSeconds = 900
const waitSeconds = 5
const unreachedMs = 300
/** A runner asks for less at once; a sandbox may leave any number of letters. */
const [mostUnderWay, mostWaiting] = [32, 256]

interface Door {
  projectId: ProjectId
  /** The signed address of the sandbox's live gateway. */
  liveUrl: string
}

/** Carries a sandbox's mail for as long as it is wanted; then what is under way is still brought. */
export async function carryMail(
  desk: JobDesk,
  { projectId, liveUrl }: Door,
  wanted: () => Promise<boolean>,
): Promise<void> {
  const ticket = await desk.liveTickets.mint(
    { projectId, userId: 'everjust', role: carrierRole, may: [] },
    ticketSeconds,
  )
  const gateway = { url: liveUrl, ticket }
  const underWay = new Set<Promise<void>>()
  const waiting: Letter[] = []

  while (await wanted()) {
    const letters = await desk.mail.exchange(gateway, { replies: [], waitSeconds }).catch(() => undefined)
    if (!letters) await pause(unreachedMs)
    take(letters ?? [])
    while (underWay.size >= mostUnderWay) await Promise.race(underWay)
  }
  while (underWay.size > 0) await Promise.race(underWay)

  // Those let go are as good as never answered: whoever wrote them asks again.
  function take(letters: readonly Letter[]): void {
    waiting.push(...letters.slice(0, mostWaiting - waiting.length))
    while (underWay.size < mostUnderWay) {
      const letter = waiting.shift()
      if (!letter) return
      const delivery = deliver(letter).then((more) => {
        underWay.delete(delivery)
        take(more)
      })
      underWay.add(delivery)
    }
  }

  /** Answers the letters that were there when its reply was brought. */
  async function deliver(letter: Letter): Promise<readonly Letter[]> {
    const reply = await desk.mail.send(letter)
    // A reply that cannot be brought is as good as none: the runner asks again.
    return desk.mail.exchange(gateway, { replies: [reply], waitSeconds: 0 }).catch(() => [])
  }
}
