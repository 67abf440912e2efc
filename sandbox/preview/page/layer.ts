const own = 'everjust-pick'

/**
 * Catches the pointer, so that the app notices nothing; it lies in the top layer, and inside an open dialog, which leaves
 * the rest inert. What somebody points at is framed in it.
 */
export function openLayer() {
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
  return {
    layer,
    close: () => layer.remove(),
    frame: (element: Element | null) => {
      outline.hidden = !element
      if (!element) return
      const { left, top, width, height } = element.getBoundingClientRect()
      for (const [name, value] of Object.entries({ left, top, width, height })) {
        outline.style.setProperty(name, `${value}px`)
      }
    },
    under: ({ clientX, clientY }: MouseEvent) =>
      document.elementsFromPoint(clientX, clientY).find((element) => !layer.contains(element)) ?? null,
  }
}
