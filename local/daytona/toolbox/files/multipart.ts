import { Refusal } from '../../http/refusal.ts'

export type Part = { readonly name: string; readonly content: Buffer }

const BLANK_LINE = '\r\n\r\n'

/** Splits a multipart/form-data body into its named parts, in order. A malformed body is refused with 400. */
export function parseMultipart(body: Buffer, contentType: string | undefined): Part[] {
  const boundary = /boundary="?([^";]+)/.exec(contentType ?? '')?.[1]
  if (boundary === undefined) throw new Refusal(400, 'the body must be multipart/form-data')
  const open = Buffer.from(`--${boundary}`)
  const close = Buffer.from(`\r\n--${boundary}`)
  const parts: Part[] = []
  let start = body.indexOf(open)
  while (start >= 0) {
    const head = start + open.length
    if (body.subarray(head, head + 2).toString() === '--') return parts
    const headEnd = body.indexOf(BLANK_LINE, head)
    const end = headEnd < 0 ? -1 : body.indexOf(close, headEnd + 2)
    if (end < 0) break
    parts.push({
      name: nameIn(body.subarray(head, headEnd).toString('utf8')),
      content: body.subarray(headEnd + BLANK_LINE.length, Math.max(end, headEnd + BLANK_LINE.length)),
    })
    start = end + 2
  }
  throw new Refusal(400, 'the multipart body ends too early')
}

function nameIn(head: string): string {
  return /\bname="([^"]*)"/.exec(head)?.[1] ?? ''
}
