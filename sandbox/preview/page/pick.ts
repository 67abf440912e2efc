import { describe, writtenAt } from './describe.ts'
import { openLayer } from './layer.ts'
import type { Talk } from './talk.ts'

/** Lets somebody point at an element, by pointer or by keys, and tells which. */
export function openPicker(talk: Talk, chosen: (element: Element) => Record<string, unknown>) {
  let stop: (() => void) | null = null

  const taken = (element: Element) => {
    const at = writtenAt(element)
    const own = at?.tag === element.localName && element.hasAttribute('data-ej-source')
    talk.say({
      everjust: 'picked',
      element: { ...describe(element), ...(at && { source: at.source }) },
      ...(own && chosen(element)),
    })
  }

  return {
    pick: () => {
      stop ??= point({
        taken,
        left: () => talk.say({ everjust: 'left' }),
        ended: () => (stop = null),
      })
    },
    leave: () => stop?.(),
  }
}

interface Ends {
  taken: (element: Element) => void
  left: () => void
  ended: () => void
}

function point({ taken, left, ended }: Ends): () => void {
  const { layer, frame, under, close } = openLayer()
  const listening = new AbortController()
  let at: Element | null = null
  const choose = (element: Element | null) => frame((at = element))
  const end = (say: () => void) => {
    listening.abort()
    close()
    ended()
    say()
  }
  const leave = () => end(left)
  const take = () => {
    const element = at
    if (element) end(() => taken(element))
  }

  const on = listenTo(listening.signal)
  listenToKeys(on, { Escape: leave, Enter: take, ' ': () => undefined })
  on(window, 'focusin', ({ target }) => isPart(target, layer) && choose(target))
  on(window, 'scroll', () => frame(at))
  on(layer, 'pointermove', (event) => choose(under(event)))
  on(layer, 'pointerdown', (event) => event.preventDefault())
  on(layer, 'click', (event) => {
    event.stopImmediatePropagation()
    choose(under(event))
    take()
  })
  return leave
}

/** Hears it before the app does, until the signal. */
const listenTo =
  (signal: AbortSignal) =>
  <K extends keyof WindowEventMap>(target: EventTarget, ...[type, does]: [K, (event: WindowEventMap[K]) => void]) =>
    target.addEventListener(type, does as (event: Event) => void, { capture: true, signal })

function listenToKeys(on: ReturnType<typeof listenTo>, keys: Record<string, () => void>) {
  const press = (event: KeyboardEvent) => {
    event.stopImmediatePropagation()
    const does = keys[event.key]
    if (!does) return
    event.preventDefault()
    if (event.type === 'keydown') does()
  }
  on(window, 'keydown', press)
  on(window, 'keyup', press)
}

const isPart = (element: EventTarget | null, layer: Element): element is Element =>
  element instanceof Element && element !== document.body && !layer.contains(element)
