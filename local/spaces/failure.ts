/** An answer of refusal as S3 words it: `throw new Failure('NoSuchKey')`. */
export class Failure extends Error {
  readonly code: Code
  readonly status: number

  constructor(code: Code, sentence: string = FAILURES[code][1]) {
    super(sentence)
    this.code = code
    this.status = FAILURES[code][0]
  }

  xml(): string {
    return document(`<Error><Code>${this.code}</Code><Message>${escape(this.message)}</Message></Error>`)
  }
}

type Code = keyof typeof FAILURES

const FAILURES = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header or its query form is malformed.'],
  AuthorizationQueryParametersError: [400, 'X-Amz-Expires must be between 1 second and 7 days.'],
  BadDigest: [400, 'The checksum you specified did not match what we received.'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty.'],
  AccessForbidden: [403, 'CORSResponse: This CORS request is not allowed.'],
  EntityTooLarge: [413, 'Your proposed upload exceeds the maximum allowed size.'],
  IncompleteBody: [400, 'You did not provide the number of bytes specified by the Content-Length HTTP header.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidDigest: [400, 'The Content-MD5 you specified is not valid.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidURI: [400, 'Could not parse the specified URI.'],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedXML: [400, 'The XML you provided was not well-formed.'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchCORSConfiguration: [404, 'The CORS configuration does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NotImplemented: [501, 'A header or query you provided implies functionality that is not implemented here.'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
  SignatureDoesNotMatch: [403, 'The request signature we calculated does not match the signature you provided.'],
  XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
} as const satisfies Record<string, readonly [number, string]>

/** A whole XML document of this content. */
export const document = (content: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${content}`

/** Text as XML takes it (also control characters, which keys may hold). */
export const escape = (text: string): string =>
  text.replace(/[&<>"'\x00-\x1f]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The texts of all elements of this name. */
export const texts = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) => unescape(text))

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const unescape = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED.get(name) ?? whole
    return String.fromCodePoint(name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
