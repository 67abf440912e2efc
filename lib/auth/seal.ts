import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Secret } from '../config.ts'

/**
 * Secrets of people, as they rest in the database: AES-256-GCM. `about` names whose and what it is and is bound to the
 * sealed text, so a row that is copied to another owner does not open.
 */
export interface Seals {
  seal(text: string, about: string): string
  /** Throws when it was sealed with another key or about something else, or was changed. */
  open(sealed: string, about: string): Secret
}

const algorithm = 'aes-256-gcm'
const sizes = { key: 32, nonce: 12, tag: 16 } as const
const form = 'v1'

/** `keys` holds 32 random bytes in hex; further ones after commas are older and only open. */
export function openSeals(keys: Secret): Seals {
  const ring = keys
    .reveal()
    .split(',')
    .map((text) => keyOf(text.trim()))
  const [current] = ring
  if (!current) throw notAKey()
  return {
    seal(text, about) {
      const nonce = randomBytes(sizes.nonce)
      const cipher = createCipheriv(algorithm, current, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${form}.${sealed.toString('base64url')}`
    },
    open(sealed, about) {
      for (const key of ring) {
        const text = opened(key, sealed, about)
        if (text !== undefined) return new Secret(text)
      }
      throw new Error(`What was sealed about ${about} does not open.`)
    },
  }
}

function keyOf(text: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw notAKey()
  return Buffer.from(text, 'hex')
}

const notAKey = () => new Error(`SEALING_KEY must be ${sizes.key} bytes in hex.`)

function opened(key: Buffer, sealed: string, about: string): string | undefined {
  const [given, text = ''] = sealed.split('.')
  const bytes = Buffer.from(text, 'base64url')
  if (given !== form || bytes.length < sizes.nonce + sizes.tag) return undefined
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, sizes.nonce), { authTagLength: sizes.tag })
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-sizes.tag))
  try {
    const start = decipher.update(bytes.subarray(sizes.nonce, -sizes.tag))
    return Buffer.concat([start, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
