/** A colour of CSS, also one of a wide gamut, as `#rrggbb`; what shows through is white, as the frame is. */
export function hexOf(colour: string): string {
  const paper = new OffscreenCanvas(1, 1).getContext('2d')
  if (!paper) return '#000000'
  for (const layer of ['white', colour]) {
    paper.fillStyle = layer
    paper.fillRect(0, 0, 1, 1)
  }
  const parts = [...paper.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
