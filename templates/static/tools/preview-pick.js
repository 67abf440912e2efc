// Runs in the page while developing: lets somebody point at an element and tells the window that shows it in a frame which.
{
  const parts = 2000
  const own = 'everjust-pick'
  let stop = null

  const describe = (element) => ({
    selector: selectorOf(element).slice(0, parts),
    tag: element.localName.slice(0, 80),
    text: (element.innerText ?? element.textContent ?? '').trim().slice(0, parts),
    html: element.outerHTML.slice(0, parts),
  })

  const selectorOf = (element) => {
    const steps = []
    for (let at = element; at; at = at.parentElement) {
      const id = at.id && `#${CSS.escape(at.id)}`
      const found = id && document.querySelectorAll(id).length === 1
      steps.unshift(found ? id : stepTo(at))
      if (found || at === document.body) break
    }
    return steps.join(' > ')
  }

  const stepTo = (element) => {
    const same = [...(element.parentElement?.children ?? [])].filter(({ localName }) => localName === element.localName)
    const name = CSS.escape(element.localName)
    return same.length > 1 ? `${name}:nth-of-type(${same.indexOf(element) + 1})` : name
  }

  // It catches the pointer, so that the app notices nothing; in the top layer, and inside an open dialog, which leaves the rest inert.
  const makeLayer = () => {
    const layer = document.createElement(own)
    layer.style.cssText =
      'all:initial;display:block;position:fixed;inset:0;width:100vw;height:100vh;z-index:2147483647;cursor:crosshair'
    const outline = document.createElement('div')
    outline.style.cssText =
      'position:fixed;box-sizing:border-box;border:2px solid #0b7a5c;outline:2px solid #fff;background:#0b7a5c26;pointer-events:none'
    layer.append(outline)
    layer.popover = 'manual'
    const dialogs = [...document.querySelectorAll('dialog:modal')]
    ;(dialogs.at(-1) ?? document.documentElement).append(layer)
    layer.showPopover()
    return { layer, outline }
  }

  const place = ({ style }, element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    for (const [name, value] of Object.entries({ left, top, width, height })) style[name] = `${value}px`
  }

  const pick = (answer) => {
    const { layer, outline } = makeLayer()
    const listening = new AbortController()
    let chosen = null

    const choose = (element) => {
      chosen = element ?? null
      outline.hidden = !chosen
      if (chosen) place(outline, chosen)
    }
    const end = (message) => {
      listening.abort()
      layer.remove()
      stop = null
      answer(message)
    }
    const take = () => chosen && end({ everjust: 'picked', element: describe(chosen) })

    const keys = { Escape: () => end({ everjust: 'left' }), Enter: take, ' ': () => {} }
    const onKey = (event) => {
      event.stopImmediatePropagation()
      if (!keys[event.key]) return
      event.preventDefault()
      if (event.type === 'keydown') keys[event.key]()
    }
    const under = ({ clientX, clientY }) =>
      document.elementsFromPoint(clientX, clientY).find((element) => !layer.contains(element))
    const isPart = (element) => element instanceof Element && element !== document.body && !layer.contains(element)

    const on = (target, type, does) => target.addEventListener(type, does, { capture: true, signal: listening.signal })
    on(layer, 'pointermove', (event) => choose(under(event)))
    on(layer, 'pointerdown', (event) => event.preventDefault())
    on(layer, 'click', (event) => {
      event.stopImmediatePropagation()
      choose(under(event))
      take()
    })
    on(window, 'keydown', onKey)
    on(window, 'keyup', onKey)
    on(window, 'focusin', ({ target }) => isPart(target) && choose(target))
    on(window, 'scroll', () => chosen && place(outline, chosen))
    stop = () => end({ everjust: 'left' })
  }

  if (parent !== window) {
    addEventListener('message', ({ source, data, origin }) => {
      if (source !== parent) return
      const answer = (message) => parent.postMessage(message, origin)
      const does = {
        listen: () => answer({ everjust: 'ready' }),
        pick: () => stop ?? pick(answer),
        leave: () => stop?.(),
      }
      if (Object.hasOwn(does, data?.everjust ?? '')) does[data.everjust]()
    })
  }
}
