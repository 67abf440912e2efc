import type { Box } from '#lib/preview/picked-message.ts'

interface Size {
  width: number
  height: number
}

export interface Dock {
  block: 'start' | 'end'
  inline: 'start' | 'end'
}

/** What the panel takes of the room's width, with what is left free beside it. */
const panel = 356

/** The corner of the room in which the panel covers least of an element; boxes are counted from where lines begin. */
export function dockOf(box: Box | null, room: Size): Dock {
  if (!box) return { block: 'end', inline: 'end' }
  const [atStart, atEnd] = [box.left < panel, box.right > room.width - panel]
  const low = (box.top + box.bottom) / 2 > room.height / 2
  return { inline: atEnd && !atStart ? 'start' : 'end', block: atEnd && atStart && low ? 'start' : 'end' }
}

/** Where in the room an element stands that stands there in the app's window, which may be smaller and in the middle. */
export function boxInRoom(box: Box, { scale, inset, width }: { scale: number; inset: number; width: number }): Box {
  const [from, to] = [box.left, box.right].map((at) => inset + at * scale) as [number, number]
  const sides = document.dir === 'rtl' ? { left: width - to, right: width - from } : { left: from, right: to }
  return { ...sides, top: box.top * scale, bottom: box.bottom * scale }
}
