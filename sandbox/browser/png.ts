import { inflateSync } from 'node:zlib'
import type { Pixels } from './entropy.ts'

const channelsOf: Partial<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** The pixels of a PNG of 8 bits a channel, not interlaced, as browsers write them. Throws at any other. */
export function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channels = channelsOf[png.readUInt8(25)]
  if (png.readUInt8(24) !== 8 || channels === undefined || png.readUInt8(28) !== 0) throw new Error('Unexpected PNG.')
  const rows = inflateSync(Buffer.concat(partsOf(png)))
  const stride = width * channels
  const bytes = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)] ?? 0
    const from = y * (stride + 1) + 1
    unfilter(bytes, rows.subarray(from, from + stride), { start: y * stride, stride, channels, filter })
  }
  return { width, height, channels, bytes }
}

function partsOf(png: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 8; at + 8 <= png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return parts
}

interface Row {
  start: number
  stride: number
  channels: number
  filter: number
}

/** Undoes the filter of one row: each byte was stored as its difference to what stands left, above, or both. */
function unfilter(bytes: Uint8Array, row: Uint8Array, { start, stride, channels, filter }: Row) {
  for (let x = 0; x < row.length; x++) {
    const left = x >= channels ? (bytes[start + x - channels] ?? 0) : 0
    const above = start > 0 ? (bytes[start + x - stride] ?? 0) : 0
    const corner = start > 0 && x >= channels ? (bytes[start + x - stride - channels] ?? 0) : 0
    bytes[start + x] = (row[x] ?? 0) + (predictors[filter]?.(left, above, corner) ?? 0)
  }
}

const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  nearest,
]

function nearest(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)]
  if (a <= b && a <= c) return left
  return b <= c ? above : corner
}
