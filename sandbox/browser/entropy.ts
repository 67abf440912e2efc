/** A picture as rows of pixels, `channels` bytes each. */
export interface Pixels {
  width: number
  height: number
  channels: number
  bytes: Uint8Array
}

/**
 * How much there is to see in a picture, in bits: the entropy of how bright each pixel is against its left neighbour. A
 * picture of one colour has none, and a smooth gradient next to none; a line of small text has 0.005 and more.
 */
export function entropyOf({ width, height, channels, bytes }: Pixels): number {
  const counts = new Map<number, number>()
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const at = (y * width + x) * channels
      const step = Math.trunc((brightness(bytes, at, channels) - brightness(bytes, at - channels, channels)) / 24)
      counts.set(step, (counts.get(step) ?? 0) + 1)
    }
  }
  const total = height * (width - 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total)
  return Math.max(0, bits)
}

function brightness(bytes: Uint8Array, at: number, channels: number): number {
  if (channels < 3) return bytes[at] ?? 0
  return ((bytes[at] ?? 0) * 3 + (bytes[at + 1] ?? 0) * 6 + (bytes[at + 2] ?? 0)) / 10
}

/** Pictures with less show nothing that a person would see. */
export const leastEntropy = 0.0008
