import { crc32, deflateRawSync } from 'node:zlib'

/** An archive as every system opens it (PKWARE's APPNOTE, below 4 GB): entries deflated, names in UTF-8. */
export class Zip {
  /** What the archive weighs so far, without its directory. */
  size = 0
  readonly #parts: Uint8Array[] = []
  readonly #directory: Uint8Array[] = []

  add(name: string, content: Uint8Array | string): void {
    const bytes = Buffer.from(content as string)
    const [path, packed] = [Buffer.from(name), deflateRawSync(bytes)]
    // Version 2.0, names in UTF-8, deflated, the first day that the format knows.
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(path.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(this.size, 10)
    this.#directory.push(signed(0x02014b50, Buffer.from([20, 0])), common, rest, path)
    const entry = [signed(0x04034b50), common, path, packed]
    this.#parts.push(...entry)
    this.size += weight(entry)
    this.#count += 1
  }
  #count = 0

  bytes(): Uint8Array<ArrayBuffer> {
    const end = Buffer.alloc(18)
    end.writeUInt16LE(this.#count, 4)
    end.writeUInt16LE(this.#count, 6)
    end.writeUInt32LE(weight(this.#directory), 8)
    end.writeUInt32LE(this.size, 12)
    return new Uint8Array(Buffer.concat([...this.#parts, ...this.#directory, signed(0x06054b50), end]))
  }
}

function signed(signature: number, rest = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return Buffer.concat([bytes, rest])
}

const weight = (parts: readonly Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)
