import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'
import type { Sending } from './request.ts'

const Sent = z.object({
  id: z.string(),
  at: z.string(),
  key: z.string().optional(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
})
export type Sent = z.infer<typeof Sent>

export type Letters = Awaited<ReturnType<typeof openLetters>>

/** The newest ones: what a mailbox on one machine shows. */
const mostKept = 500

/** All mail that was sent, in one file. */
export async function openLetters(dataDir: string) {
  await mkdir(dataDir, { recursive: true })
  const file = join(dataDir, 'letters.json')
  let kept = (await readJson(file, z.array(Sent))) ?? []
  let written = Promise.resolve()
  return {
    all: (): readonly Sent[] => kept,
    find: (id: string) => kept.find((letter) => letter.id === id),

    /** The same key again answers the first letter and sends none. */
    async add(sending: Sending, key?: string): Promise<Sent> {
      const earlier = kept.find((letter) => key !== undefined && letter.key === key)
      if (earlier) return earlier
      const letter = { id: randomUUID(), at: new Date().toISOString(), ...(key && { key }), ...sending }
      kept = [...kept, letter].slice(-mostKept)
      written = written.then(() => writeJson(file, kept))
      await written
      return letter
    },
  }
}
