import { placeAttribute } from '../mark-jsx.ts'
import type { Talk } from './talk.ts'

const mostPixels = 4_096

/** Takes a picture of what is on the screen now, as it stands: a browser lets no page see itself, so it is drawn anew. */
export function openCamera(talk: Talk) {
  const ask = window.fetch.bind(window)
  talk.on('picture', () => {
    void take(ask).then(
      (bytes) => talk.say({ everjust: 'picture', bytes }),
      () => talk.say({ everjust: 'picture', bytes: null }),
    )
  })
}
type Ask = typeof fetch

async function take(ask: Ask): Promise<ArrayBuffer> {
  const [width, height] = [innerWidth, innerHeight]
  const scale = Math.min(devicePixelRatio, mostPixels / Math.max(width, height))
  const page = await copyOf(ask)
  const text = new XMLSerializer().serializeToString(page)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${text}</foreignObject></svg>`
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: height * scale })
  const pen = canvas.getContext('2d')
  pen?.scale(scale, scale)
  pen?.drawImage(image, 0, 0)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error('The picture has no content.')
  return blob.arrayBuffer()
}

/** The page with all it needs in it, moved to where it is scrolled to. */
async function copyOf(ask: Ask): Promise<HTMLElement> {
  const page = document.documentElement.cloneNode(true) as HTMLElement
  const [own, copies] = [document.documentElement, page].map((root) => [...root.querySelectorAll('*')])
  await Promise.all((copies ?? []).map((copy, index) => settle(copy, own?.[index], ask)))
  page.querySelectorAll('script, link, style, iframe, noscript').forEach((element) => element.remove())
  const style = document.createElement('style')
  style.textContent = [...document.styleSheets].map(rulesOf).join('\n')
  page.querySelector('head')?.append(style)
  const body = page.querySelector('body')
  body?.style.setProperty('margin-top', `calc(${getComputedStyle(document.body).marginTop} - ${scrollY}px)`)
  const root = getComputedStyle(document.documentElement)
  page.style.setProperty('color-scheme', root.colorScheme)
  page.style.setProperty('background', backgroundOf(root))
  page.style.setProperty('height', `${innerHeight}px`)
  return page
}

/** What stands in a field, on a canvas or in an image is not part of the text of a page. */
async function settle(copy: Element, own: Element | undefined, ask: Ask): Promise<void> {
  copy.removeAttribute(placeAttribute)
  if (own instanceof HTMLTextAreaElement) copy.textContent = own.value
  else if (own instanceof HTMLInputElement && own.type !== 'password') {
    copy.setAttribute('value', own.value)
    copy.toggleAttribute('checked', own.checked)
  } else if (own instanceof HTMLImageElement) copy.setAttribute('src', await inlined(own.currentSrc || own.src, ask))
  else if (own instanceof HTMLCanvasElement) copy.replaceWith(await drawn(own))
}

async function inlined(url: string, ask: Ask): Promise<string> {
  const nothing = 'data:,'
  if (url.startsWith('data:')) return url
  const bytes = await ask(url).then(
    (answer) => (answer.ok ? answer.blob() : null),
    () => null,
  )
  if (!bytes) return nothing
  const reader = new FileReader()
  reader.readAsDataURL(bytes)
  return new Promise((done) => reader.addEventListener('loadend', () => done(String(reader.result ?? nothing))))
}

async function drawn(canvas: HTMLCanvasElement): Promise<HTMLImageElement> {
  const image = document.createElement('img')
  image.src = canvas.toDataURL()
  image.style.cssText = `width:${canvas.clientWidth}px;height:${canvas.clientHeight}px`
  return image
}

/** Another origin's rules cannot be read. */
function rulesOf(sheet: CSSStyleSheet): string {
  try {
    return [...sheet.cssRules].map(({ cssText }) => cssText).join('\n')
  } catch {
    return ''
  }
}

const backgroundOf = ({ background, backgroundColor }: CSSStyleDeclaration) =>
  backgroundColor === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.body).background || 'Canvas' : background
