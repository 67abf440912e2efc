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

/** The body is decoded by the flag: the platform encodes JSON as base64 too. Aborted never; bodies are at most 1 MB. */
export function toRequest({ http }: WebEvent): Request {
  const url = new URL(`https://functions.internal${http.path.startsWith('/') ? http.path : `/${http.path}`}`)
  url.search = http.queryString ?? ''
  const method = http.method.toUpperCase()
  const body = http.body ? Buffer.from(http.body, http.isBase64Encoded ? 'base64' : 'utf8') : undefined
  return new Request(url, {
    method,
    headers: http.headers,
    ...(body && method !== 'GET' && method !== 'HEAD' ? { body } : {}),
  })
}

/** JSON goes back as an object: a JSON string that happens to look like base64 would be decoded by the platform. */
export async function toAnswer(response: Response): Promise<WebAnswer> {
  const headers = Object.fromEntries(response.headers)
  const text = await response.text()
  if (text === '') return { statusCode: response.status, headers }
  const json = headers['content-type']?.includes('json') ?? false
  return { statusCode: response.status, headers, body: json ? (JSON.parse(text) as object) : text }
}
