const columns = 8
const rows = 4
const shapes = [
  'M0 0h100A100 100 0 0 1 0 100Z',
  'M0 0h100A50 50 0 0 1 0 0Z',
  'M50 0A50 50 0 1 1 50 100 50 50 0 1 1 50 0Z',
  'M0 0 100 100H0Z',
  'M0 0A100 100 0 0 1 100 100H60A60 60 0 0 0 0 40Z',
  'M50 20A30 30 0 1 1 50 80 30 30 0 1 1 50 20Z',
]
const pairs = [
  'tint-accent',
  'tint-second',
  'plain-ink',
  'plain-second',
  'sand-accent',
  'sand-second',
  'accent-second',
  'accent-plain',
  'second-sand',
]

/** Draws a composition of quarter circles from a text: the same text always gives the same picture. */
export function drawPattern(place) {
  const next = numbersFrom(place.dataset.seed)
  const pick = (list) => list[Math.floor(next() * list.length)]
  const tiles = Array.from({ length: columns * rows }, (_, index) => {
    const [ground, ink] = pick(pairs).split('-')
    const at = `translate(${(index % columns) * 100} ${Math.floor(index / columns) * 100})`
    const turn = Math.floor(next() * 4) * 90
    return `<g transform="${at}"><rect class="${ground}" width="100.5" height="100.5" /><path class="${ink}" d="${pick(shapes)}" transform="rotate(${turn} 50 50)" /></g>`
  })
  place.innerHTML = `<svg viewBox="0 0 ${columns * 100} ${rows * 100}" aria-hidden="true">${tiles.join('')}</svg>`
}

// A small generator of even numbers between 0 and 1 (mulberry32), begun from the letters of the text.
function numbersFrom(text) {
  let state = [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619), 2166136261)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
