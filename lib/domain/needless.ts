import { editsBetween } from '../contract/edits.ts'

/** One change of one file; null is no file. `whole` says that all of it was written anew, not only what differs. */
export interface Touch {
  path: string
  before: string | null
  after: string | null
  whole: boolean
}

export interface Touched {
  /** Lines that were taken away or put there, all changes together. */
  touched: number
  /** Those of them that need not have been: put back as they were, changed and changed back, or moved by white space. */
  needless: number
}

/** How much of what was touched, from the first change of each file to its last, needed no touching. */
export function countNeedless(touches: readonly Touch[]): Touched {
  const touched = touches.reduce((sum, touch) => sum + linesTouched(touch), 0)
  const needed = [...Map.groupBy(touches, ({ path }) => path).values()].reduce((sum, ofFile) => {
    const [before, after] = [ofFile[0]?.before ?? '', ofFile.at(-1)?.after ?? '']
    return sum + changedLines(linesOf(before).map(inked), linesOf(after).map(inked))
  }, 0)
  return { touched, needless: Math.max(0, touched - needed) }
}

function linesTouched({ before, after, whole }: Touch): number {
  const [was, is] = [linesOf(before ?? ''), linesOf(after ?? '')]
  return whole ? was.length + is.length : changedLines(was, is)
}

const changedLines = (before: readonly string[], after: readonly string[]) =>
  editsBetween(before, after).filter(({ kind }) => kind !== 'same').length

/** A line without the white space around and between its words. */
const inked = (line: string) => line.trim().replaceAll(/\s+/g, ' ')

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
