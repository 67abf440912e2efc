import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOfImage, readPicture } from '../../lib/domain/image.ts'
import { canvasWebp, chunk, jpeg, losslessWebp, png, webp } from '../world/pictures.ts'

const whole = { png, jpeg, webp, losslessWebp, canvas: canvasWebp(3, 2) }

test('an image is known by its own bytes, with its size', () => {
  const found = Object.values(whole).map((bytes) => readPicture(bytes))
  assert.deepEqual(found, [
    { mediaType: 'image/png', width: 3, height: 2 },
    { mediaType: 'image/jpeg', width: 3, height: 2 },
    { mediaType: 'image/webp', width: 3, height: 2 },
    { mediaType: 'image/webp', width: 3, height: 2 },
    { mediaType: 'image/webp', width: 3, height: 2 },
  ])
})

test('an image that was cut off anywhere is none, and never breaks the reader', () => {
  for (const [name, bytes] of Object.entries(whole)) {
    for (let length = 0; length < bytes.length; length++) {
      const found = readPicture(bytes.subarray(0, length))
      // The last bytes of a PNG are a checksum, which is not looked at.
      if (name !== 'png' || length < bytes.length - 4) assert.equal(found, undefined, `${name} of ${length} bytes`)
    }
  }
})

test('any byte may be wrong without breaking the reader', () => {
  for (const bytes of Object.values(whole)) {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const wrong = Buffer.from(bytes)
        wrong[at] = value
        assert.doesNotThrow(() => readPicture(wrong))
      }
    }
  }
})

test('what only begins like an image, or is another kind of file, is none', () => {
  const others = [
    Buffer.from(''),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Buffer.from('GIF89a\x03\x00\x02\x00\x80\x00\x00', 'latin1'),
    Buffer.concat([png.subarray(0, 33), Buffer.from('<script>alert(1)</script>')]),
    Buffer.concat([jpeg.subarray(0, 20), Buffer.from('<script>alert(1)</script>')]),
    canvasWebp(3, 2, chunk('EXIF', Buffer.from('<script>'))),
    canvasWebp(3, 2, chunk('ANIM', Buffer.alloc(6)), chunk('ANMF', Buffer.alloc(40))),
    canvasWebp(3, 2, chunk('VP8 ', Buffer.alloc(20))),
  ]
  assert.deepEqual(
    others.map((bytes) => faultOfImage(bytes, 'image/png')),
    others.map(() => 'This is no whole PNG, JPEG or still WebP image.'),
  )
})

test('an image must be what it was announced as, and not larger than a model looks at', () => {
  assert.equal(faultOfImage(png, 'image/png'), undefined)
  assert.equal(faultOfImage(jpeg, 'image/png'), 'This is image/jpeg, but was announced as image/png.')
  const large = Buffer.from(png)
  large.writeUInt32BE(8_001, 16)
  assert.equal(faultOfImage(large, 'image/png'), 'An image has at most 8000 pixels a side; this one has 8001 × 2.')
  large.writeUInt32BE(8_000, 16)
  assert.equal(faultOfImage(large, 'image/png'), undefined)
  assert.match(faultOfImage(canvasWebp(3, 16_000), 'image/webp') ?? '', /3 × 16000/)
  const none = Buffer.from(png)
  none.writeUInt32BE(0, 20)
  assert.match(faultOfImage(none, 'image/png') ?? '', /3 × 0/)
})
