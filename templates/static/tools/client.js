// Runs in open pages while developing: swaps a saved stylesheet in place, reloads for anything else.
const events = new EventSource('/@live')

events.onmessage = ({ data }) => {
  const paths = JSON.parse(data)
  const swapped = paths.filter((path) => path.endsWith('.css') && swapStyles(path))
  if (swapped.length < paths.length) location.reload()
}

function swapStyles(path) {
  const links = [...document.querySelectorAll('link[rel=stylesheet]')].filter(
    (link) => new URL(link.href).pathname === `/${path}`,
  )
  for (const link of links) {
    const next = link.cloneNode()
    next.href = `/${path}?saved=${Date.now()}`
    next.onload = () => link.remove()
    link.after(next)
  }
  return links.length > 0
}
