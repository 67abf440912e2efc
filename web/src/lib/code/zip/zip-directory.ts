/** A file in a zip, as the zip's directory tells of it. */
export interface ZipEntry {
  name: string
  /** How large it says it is. */
  size: number
  isPacked: boolean
  isProgram: boolean
  isLink: boolean
  /** Its bytes as they stand in the zip. */
  content(): Uint8Array<ArrayBuffer>
}

const unix = [3, 19]
const [directoryMark, endMark, largeEndMark, largePlaceMark] = [0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50]
const beyond = 0xffffffff
const longestEnd = 22 + 0xffff

/** The directory of a zip, read once; throws where it is none. Of two files of one name the last one counts, as when it is unpacked. */
export function entriesOf(zip: Uint8Array<ArrayBuffer>): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const found = new Map<string, ZipEntry>()
  let { at, count } = directoryOf(view)
  for (; count > 0; count -= 1) {
    if (view.getUint32(at, true) !== directoryMark) throw new RangeError()
    const entry = entryAt(zip, view, at)
    if (!entry.name.endsWith('/')) found.set(entry.name, entry)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return [...found.values()]
}

function directoryOf(view: DataView): { at: number; count: number } {
  let end = view.byteLength - 22
  while (view.getUint32(end, true) !== endMark) {
    end -= 1
    if (view.byteLength - end > longestEnd) throw new RangeError()
  }
  if (end < 20 || view.getUint32(end - 20, true) !== largePlaceMark)
    return { at: view.getUint32(end + 16, true), count: view.getUint16(end + 10, true) }
  const large = long(view, end - 12)
  if (view.getUint32(large, true) !== largeEndMark) throw new RangeError()
  return { at: long(view, large + 48), count: long(view, large + 32) }
}

function entryAt(zip: Uint8Array<ArrayBuffer>, view: DataView, at: number): ZipEntry {
  const nameEnd = at + 46 + view.getUint16(at + 28, true)
  const { size, packed, place } = sizesOf(view, at, nameEnd)
  const mode = unix.includes(view.getUint8(at + 5)) ? view.getUint16(at + 40, true) : 0
  return {
    name: new TextDecoder().decode(zip.subarray(at + 46, nameEnd)),
    size,
    isPacked: view.getUint16(at + 10, true) !== 0,
    isProgram: (mode & 0o100) !== 0,
    isLink: (mode & 0o170000) === 0o120000,
    content: () => {
      const start = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true)
      return zip.subarray(start, start + packed)
    },
  }
}

/** What does not fit its place stands in the field of large zips behind the name, in this order. */
function sizesOf(view: DataView, at: number, nameEnd: number) {
  const end = nameEnd + view.getUint16(at + 30, true)
  let field = nameEnd
  while (field + 4 < end && view.getUint16(field, true) !== 1) field += 4 + view.getUint16(field + 2, true)
  let next = field + 4
  const read = (offset: number): number => {
    const short = view.getUint32(at + offset, true)
    if (short !== beyond || next + 8 > end) return short
    next += 8
    return long(view, next - 8)
  }
  const size = read(24)
  const packed = read(20)
  return { size, packed, place: read(42) }
}

const long = (view: DataView, at: number) => Number(view.getBigUint64(at, true))
