const textual = new Set([
  'application/json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/problem+json',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'application/javascript',
  'application/xml',
  'application/xml-dtd',
  'application/soap+xml',
  'application/atom+xml',
  'application/rss+xml',
  'application/xhtml+xml',
])

/** The media type of a content-type header, in lower case and without parameters. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

export function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json')
}

/** Whether the platform treats such content as text; what it does not know is bytes unless a charset is named. */
export function isText(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType)
  return mediaType.startsWith('text/') || textual.has(mediaType) || /;\s*charset=/i.test(contentType)
}
