// Runs in the page while developing: tells the window that shows it in a frame what fails while somebody uses it.
{
  const most = 20
  const seen = new Map()
  let origin = null

  const send = (message) => parent.postMessage({ everjust: 'error', ...message }, origin)

  const report = (source, message, detail = '') => {
    const error = { source, message: clean(message).slice(0, 2000), detail: clean(detail).slice(0, 8000) }
    const key = `${error.message}\n${error.detail}`
    if (!error.message || seen.has(key) || seen.size >= most) return
    seen.set(key, error)
    if (origin !== null) send(error)
  }

  // Addresses of modules carry the moment they were saved, which would make one failure look like many.
  const clean = (text) =>
    String(text)
      .replace(/\?[tv]=\w+/g, '')
      .trim()

  const reportThrown = (thrown, otherwise) => {
    if (thrown instanceof Error) report('preview', `${thrown.name}: ${thrown.message}`, thrown.stack)
    else report('preview', otherwise ?? words(thrown))
  }

  const words = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return value.stack ?? String(value)
    try {
      return JSON.stringify(value) ?? String(value)
    } catch {
      return String(value)
    }
  }

  const watchConsole = () => {
    const { error } = console
    console.error = (...values) => {
      error.apply(console, values)
      const text = values.map(words).join(' ')
      const [first = '', ...lines] = text.trim().split('\n')
      report('console', first, lines.join('\n'))
    }
  }

  const reportRequest = ({ name, responseStatus: status, initiatorType }) => {
    const { origin: asked, pathname } = new URL(name)
    // 502 to 504 come from the way to the dev server, which may be starting, not from the app.
    const failed = status >= 400 && !(status >= 502 && status <= 504)
    if (failed && asked === location.origin) {
      report('preview', `${pathname} was answered with ${status}`, `Asked for by: ${initiatorType}`)
    }
  }

  if (parent !== window) {
    watchConsole()
    addEventListener('error', ({ error, message = '' }) => {
      if (!message.startsWith('ResizeObserver loop')) reportThrown(error, message)
    })
    addEventListener('unhandledrejection', ({ reason }) => reportThrown(reason))
    const requests = new PerformanceObserver((list) => list.getEntries().forEach(reportRequest))
    requests.observe({ type: 'resource', buffered: true })

    // What failed before the parent listened waits for it; asked anew, the page forgets what it told.
    addEventListener('message', ({ source, data, origin: from }) => {
      if (source !== parent || data?.everjust !== 'listen') return
      if (origin !== null) seen.clear()
      origin = from
      seen.forEach(send)
    })
  }
}
