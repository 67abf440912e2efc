/** Types that a browser shows without running anything of them; every other file is delivered as plain text. */
const harmless: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  webm: 'video/webm',
}

/** What a browser would run if it believed the bytes over the type: saved, never opened. */
const active = new Set(['html', 'htm', 'xhtml', 'shtml', 'svg', 'xml', 'xsl', 'xslt', 'mhtml', 'pdf', 'swf'])

/** How storage delivers a file of a person's project, so that nothing in it runs on the storage's origin. */
export function safeDelivery(path: string): { contentType: string; fileName?: string } {
  const name = path.split('/').at(-1) ?? path
  const extension = name.includes('.') ? (name.split('.').at(-1) ?? '').toLowerCase() : ''
  const contentType = harmless[extension] ?? 'text/plain; charset=utf-8'
  return active.has(extension) ? { contentType, fileName: name } : { contentType }
}
