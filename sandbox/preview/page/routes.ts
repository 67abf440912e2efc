import type { Talk } from './talk.ts'

type Way = 'back' | 'forward'

/** Tells where in the app somebody is, and goes where the window around it says. */
export function openRoutes(talk: Talk) {
  const own = 'navigation' in window ? window.navigation : undefined
  const say = () => {
    const path = location.pathname + location.search + location.hash
    const ways = { back: own?.canGoBack ?? false, forward: own?.canGoForward ?? false }
    talk.say({ everjust: 'route', path: path.slice(0, 2_000), links: linksOf(), ...ways })
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const change = history[name].bind(history)
    history[name] = (...given) => {
      change(...given)
      say()
    }
  }
  addEventListener('popstate', say)
  addEventListener('hashchange', say)
  addEventListener('load', say)

  talk.on('go', ({ path }) => {
    // Always a place of this app, whatever the path looks like.
    const to = typeof path === 'string' ? URL.parse(`${location.origin}/${path.replace(/^\/+/, '')}`) : null
    if (to?.origin === location.origin) location.assign(to)
  })
  // The history of the window around is shared with ours: only steps within the app are taken.
  const step = (way: Way) => () => {
    if (way === 'back' && own?.canGoBack) own.back()
    if (way === 'forward' && own?.canGoForward) own.forward()
  }
  talk.on('where', say)
  talk.on('back', step('back'))
  talk.on('forward', step('forward'))
  talk.on('reload', () => location.reload())
  return { say }
}

const mostLinks = 30

/** Where the page leads within the app. */
function linksOf(): string[] {
  const own = [...document.links].filter(({ origin }) => origin === location.origin)
  return [...new Set(own.map(({ pathname, search }) => (pathname + search).slice(0, 300)))].slice(0, mostLinks)
}
