const bytes = (base64: string) => Buffer.from(base64, 'base64')

/** A red rectangle of 3 × 2 pixels, as a browser writes it. */
export const png = bytes(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4AWL6z8DwH4aZGJAAAAAA//+GpNPhAAAABklEQVQDAHTzBf+1yIrkAAAAAElFTkSuQmCC',
)

export const jpeg = bytes(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCUAdYf/9k=',
)

const lossyChunk = bytes('VlA4ICgAAACQAQCdASoDAAIABUB8JaACdLoAA5gA/ujXHXlPibb/5mj9JvpN5gAA')
const losslessChunk = bytes('VlA4TA8AAAAvAkAAAAcQ/Y/+ByKi/wEA')

export const webp = riff(lossyChunk)
export const losslessWebp = riff(losslessChunk)
export const canvasWebp = (width: number, height: number, ...chunks: Buffer[]) =>
  riff(canvas(width, height), ...(chunks.length > 0 ? chunks : [lossyChunk]))

/** A chunk of any name, of any content. */
export function chunk(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(name), length, content, Buffer.alloc(content.length % 2)])
}

function riff(...chunks: Buffer[]): Buffer {
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]))
}

function canvas(width: number, height: number): Buffer {
  const content = Buffer.alloc(10)
  content.writeUIntLE(width - 1, 4, 3)
  content.writeUIntLE(height - 1, 7, 3)
  return chunk('VP8X', content)
}
