/**
 * Makes JSON of a reply. With `base64` every value is encoded, as the vendor's client asks for, so that any bytes
 * survive; the bare state `OK` is not a value and stays as it is.
 */
export const encode = (reply: unknown, base64: boolean): unknown => inner(reply, base64, true)

const inner = (reply: unknown, base64: boolean, top: boolean): unknown => {
  if (Buffer.isBuffer(reply)) return reply.toString(base64 ? 'base64' : 'utf8')
  if (typeof reply === 'string')
    return base64 && !(top && reply === 'OK') ? Buffer.from(reply).toString('base64') : reply
  if (Array.isArray(reply)) return reply.map((item) => inner(item, base64, false))
  if (reply instanceof Error) return { error: reply.message }
  return typeof reply === 'bigint' ? Number(reply) : (reply ?? null)
}

/** One outcome of a pipeline or transaction. */
export const outcome = (reply: unknown, base64: boolean): unknown =>
  reply instanceof Error ? { error: reply.message } : { result: encode(reply, base64) }
