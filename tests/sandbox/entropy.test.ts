import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { entropyOf, leastEntropy } from '../../sandbox/browser/entropy.ts'
import { pixelsOf } from '../../sandbox/browser/png.ts'

type Colour = readonly [red: number, green: number, blue: number]
const [width, height] = [320, 200]
const paint = (colour: (x: number, y: number) => Colour) => {
  const all = Array.from({ length: width * height }, (_, at) => colour(at % width, Math.floor(at / width)))
  return { width, height, channels: 3, bytes: Uint8Array.from(all.flat()) }
}
const white: Colour = [255, 255, 255]

test('pages of one colour, and of a gradient, show nothing', () => {
  assert.equal(entropyOf(paint(() => white)), 0)
  assert.equal(entropyOf(paint(() => [0, 0, 0])), 0)
  assert.ok(entropyOf(paint((x) => [255 - x / 2, 80, x / 2])) < leastEntropy)
})

test('a word on an empty page is something to see', () => {
  const word = paint((x, y) => (y > 20 && y < 32 && x > 10 && x < 40 && x % 5 < 2 ? [30, 30, 30] : white))
  assert.ok(entropyOf(word) > leastEntropy)
})

test('a PNG is read with every filter that a browser may write', () => {
  const pixels = Array.from({ length: 5 }, (_, y) => Array.from({ length: 12 }, (_, x) => (x * 37 + y * 91) % 256))
  const rows = pixels.map((row, y) => Buffer.from([y, ...row.map((_, x) => filtered(pixels, { x, y }))]))
  const read = pixelsOf(pngOf(Buffer.concat(rows)))
  assert.deepEqual([read.width, read.height, read.channels], [4, 5, 3])
  assert.deepEqual([...read.bytes], pixels.flat())
})

/** The byte as the filter with the number of its row stores it. */
function filtered(pixels: readonly number[][], { x, y }: { x: number; y: number }): number {
  const at = (row: number, column: number) => pixels[row]?.[column] ?? 0
  const [left, above, corner] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)]
  const distance = (value: number) => Math.abs(left + above - corner - value)
  const nearest = [left, above, corner].toSorted((a, b) => distance(a) - distance(b))[0] ?? 0
  return (at(y, x) - ([0, left, above, (left + above) >> 1, nearest][y] ?? 0) + 256) % 256
}

function pngOf(rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(4, 0)
  header.writeUInt32BE(5, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ])
}

function part(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(name, 'latin1'), content, Buffer.alloc(4)])
}
