import { createHash } from 'node:crypto'

/** A name for a person that means nothing to anybody else. */
export const digestOf = (userId: string) => createHash('sha256').update(`everjust:${userId}`).digest('hex')
