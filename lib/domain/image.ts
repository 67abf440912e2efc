import type { imageTypes } from '../contract/conversation.ts'

export type ImageType = (typeof imageTypes)[number]

export interface Picture {
  mediaType: ImageType
  width: number
  height: number
}

export const mostPixels = 8_000

/** Why these bytes cannot be shown to a model as what they were announced to be, as a sentence; undefined when they can. */
export function faultOfImage(bytes: Uint8Array, announced: ImageType): string | undefined {
  const found = readPicture(bytes)
  if (!found) return 'This is no whole PNG, JPEG or still WebP image.'
  if (found.mediaType !== announced) return `This is ${found.mediaType}, but was announced as ${announced}.`
  const { width, height } = found
  if (width < 1 || height < 1 || width > mostPixels || height > mostPixels) {
    return `An image has at most ${mostPixels} pixels a side; this one has ${width} × ${height}.`
  }
  return undefined
}

/** What an image is by its own bytes, walked to its last part; undefined for anything else, and for one that was cut off. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return readPng(view) ?? readJpeg(view) ?? readWebp(view)
}

const textAt = (view: DataView, at: number, length: number) =>
  at + length <= view.byteLength
    ? String.fromCharCode(...Array.from({ length }, (_, n) => view.getUint8(at + n)))
    : undefined

/** Chunks of length, name, content and checksum: IHDR first, IDAT somewhere, IEND last. */
function readPng(view: DataView): Picture | undefined {
  if (textAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || textAt(view, 12, 4) !== 'IHDR') return undefined
  if (view.byteLength < 33 || view.getUint32(8) !== 13) return undefined
  let pixels = false
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = textAt(view, at + 4, 4)
    pixels ||= name === 'IDAT'
    if (name === 'IEND') {
      return pixels ? { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) } : undefined
    }
  }
  return undefined
}

/** Segments from the start marker to the scan: one of them is the frame, with the size. The scan ends with a marker. */
function readJpeg(view: DataView): Picture | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  let size: Pick<Picture, 'width' | 'height'> | undefined
  for (let at = 2; at + 4 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    // A marker may be padded with any number of fill bytes.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xda) return size && endsJpeg(view, at) ? { mediaType: 'image/jpeg', ...size } : undefined
    const length = view.getUint16(at + 2)
    if (length < 2 || at + 2 + length > view.byteLength) return undefined
    if (isFrame(marker) && length >= 7) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + length
  }
  return undefined
}

/** Start of a frame, but not the tables whose markers stand between them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function endsJpeg(view: DataView, from: number): boolean {
  for (let at = view.byteLength - 2; at > from; at--) if (view.getUint16(at) === 0xffd9) return true
  return false
}

/** A RIFF of one image: lossy, lossless, or extended by what describes it. Animations are none. */
function readWebp(view: DataView): Picture | undefined {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return undefined
  const end = 8 + view.getUint32(4, true)
  if (end > view.byteLength) return undefined
  let canvas: Picture | undefined
  for (let at = 12; at + 8 <= end;) {
    const [name, length] = [textAt(view, at, 4), view.getUint32(at + 4, true)]
    const content = at + 8
    if (content + length > end || name === 'ANIM') return undefined
    if (name === 'VP8X' && length >= 10) canvas = webp(uint24(view, content + 4) + 1, uint24(view, content + 7) + 1)
    if (name === 'VP8 ' && length >= 10) return larger(canvas, lossy(view, content))
    if (name === 'VP8L' && length >= 5) return larger(canvas, lossless(view, content))
    at = content + length + (length % 2)
  }
  return undefined
}

/** A canvas says how large the image is drawn, but never makes up for an image that is none. */
const larger = (canvas: Picture | undefined, image: Picture | undefined) =>
  image && webp(Math.max(canvas?.width ?? 0, image.width), Math.max(canvas?.height ?? 0, image.height))

const webp = (width: number, height: number): Picture => ({ mediaType: 'image/webp', width, height })
const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

const lossy = (view: DataView, at: number) =>
  uint24(view, at + 3) === 0x2a019d
    ? webp(view.getUint16(at + 6, true) & 0x3fff, view.getUint16(at + 8, true) & 0x3fff)
    : undefined

function lossless(view: DataView, at: number): Picture | undefined {
  if (view.getUint8(at) !== 0x2f) return undefined
  const bits = view.getUint32(at + 1, true)
  return webp((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
}
