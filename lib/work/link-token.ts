import { createHash, randomBytes } from 'node:crypto'

/** The secret of a link: whoever has it may what the link is for. */
export const newLinkToken = () => randomBytes(32).toString('base64url')

/** What is kept of it. */
export const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')
