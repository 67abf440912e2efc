import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { askJson } from '../ask-json.ts'

/** Thrown when the issuer's keys could not be read. */
export class KeysUnread extends Error {}

export interface IssuerKeys {
  /** The key that the header of a token names; an unknown name reads the keys again, at most twice a minute. */
  find: JWTVerifyGetKey
  reload(): Promise<void>
}

const times = { freshMs: 3_600_000, cooldownMs: 30_000, deadlineMs: 2_000 }

/** The public keys of an issuer (RFC 7517), read when first needed and kept for an hour. */
export function openIssuerKeys(address: string): IssuerKeys {
  let known: { local: JWTVerifyGetKey; readAt: number } | undefined
  let reading: Promise<JWTVerifyGetKey> | undefined

  const read = () => {
    reading ??= readKeys(address)
      .then((local) => {
        known = { local, readAt: Date.now() }
        return local
      })
      .finally(() => (reading = undefined))
    return reading
  }
  const knownFor = (milliseconds: number) => known && Date.now() - known.readAt < milliseconds && known.local

  return {
    async find(header, token) {
      const local = knownFor(times.freshMs) || (await read())
      try {
        return await local(header, token)
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || knownFor(times.cooldownMs)) throw error
        return (await read())(header, token)
      }
    },
    async reload() {
      await read()
    },
  }
}

async function readKeys(address: string): Promise<JWTVerifyGetKey> {
  const answer = await askJson(address, { deadlineMs: times.deadlineMs }).catch((cause: unknown) => {
    throw new KeysUnread('the issuer did not answer', { cause })
  })
  const { keys } = (answer.json ?? {}) as Partial<JSONWebKeySet>
  if (answer.status !== 200 || !Array.isArray(keys)) throw new KeysUnread(`the issuer answered ${answer.status}`)
  return createLocalJWKSet({ keys })
}
