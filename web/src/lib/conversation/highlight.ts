/** Marks words where they stand in an element, without a change of it; none for no words. */
export function highlight(root: Element | null | undefined, words: string): void {
  if (!('highlights' in CSS)) return
  CSS.highlights.delete('found')
  if (!root || words === '') return
  const ranges = textsIn(root).flatMap((text) => rangesIn(text, words.toLowerCase()))
  CSS.highlights.set('found', new Highlight(...ranges))
}

function textsIn(root: Element): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode)
  return texts
}

function rangesIn(text: Text, words: string): Range[] {
  const ranges: Range[] = []
  const lower = text.data.toLowerCase()
  for (let at = lower.indexOf(words); at >= 0; at = lower.indexOf(words, at + words.length)) {
    const range = new Range()
    range.setStart(text, at)
    range.setEnd(text, Math.min(text.length, at + words.length))
    ranges.push(range)
  }
  return ranges
}
