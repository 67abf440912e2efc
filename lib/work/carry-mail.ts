import { setTimeout as pause } from 'node:timers/promises'
import type { JobDesk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import { carrierRole, type Letter } from '../contract/mail.ts'

const ticketSeconds = 900
const waitSeconds = 5
const unreachedMs = 300

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

  while (await wanted()) {
    const letters = await desk.mail.exchange(gateway, { replies: [], waitSeconds }).catch(() => undefined)
    if (!letters) await pause(unreachedMs)
    for (const letter of letters ?? []) {
      const delivery = deliver(letter).finally(() => underWay.delete(delivery))
      underWay.add(delivery)
    }
  }
  await Promise.all(underWay)

  async function deliver(letter: Letter): Promise<void> {
    const reply = await desk.mail.send(letter)
    // A reply that cannot be brought is as good as none: the runner asks again.
    await desk.mail.exchange(gateway, { replies: [reply], waitSeconds: 0 }).then(
      (letters) => Promise.all(letters.map(deliver)),
      () => undefined,
    )
  }
}
