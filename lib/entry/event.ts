/** The web event of DigitalOcean Functions with `web: raw`. The one file that knows this shape. */
export interface WebEvent {
  http: {
    method: string
    path: string
    headers: Record<string, string>
    queryString?: string
    body?: string
    isBase64Encoded?: boolean
  }
}

export interface WebAnswer {
  statusCode: number
  headers: Record<string, string>
  body?: string | object
}

/** What the pipeline reads of a request. The web's own `Request` would cost each cold start 30 ms to load. */
export interface Call {
  method: string
  path: string
  query: URLSearchParams
  /** By its name in lower case. */
  header(name: string): string | undefined
  text(): string
  /** The body as it was sent. */
  bytes(): Buffer
}

/** What the pipeline answers; a body is JSON, and undefined is none. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: object | undefined
}

/** The body is decoded by the flag: the platform encodes JSON as base64 too. */
export function toCall({ http }: WebEvent): Call {
  const url = new URL(`https://functions.internal${http.path.startsWith('/') ? http.path : `/${http.path}`}`)
  const bytes = () => Buffer.from(http.body ?? '', http.isBase64Encoded ? 'base64' : 'utf8')
  return {
    method: http.method.toUpperCase(),
    path: url.pathname,
    query: new URLSearchParams(http.queryString),
    header: (name) => http.headers[name],
    text: () => bytes().toString('utf8'),
    bytes,
  }
}

/** JSON goes back as an object: a JSON string that happens to look like base64 would be decoded by the platform. */
export function toAnswer({ status, headers, body }: Reply): WebAnswer {
  return { statusCode: status, headers, ...(body === undefined ? {} : { body }) }
}
