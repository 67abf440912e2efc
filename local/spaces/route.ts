import * as buckets from './buckets.ts'
import type { Call } from './call.ts'
import { Failure } from './failure.ts'
import * as objects from './objects.ts'

type Operation = (call: Call) => Promise<void>

const OPERATIONS = new Map<string, Operation>([
  ['service GET', buckets.listBuckets],
  ['bucket PUT', buckets.createBucket],
  ['bucket HEAD', buckets.headBucket],
  ['bucket GET', buckets.listObjects],
  ['bucket DELETE', buckets.deleteBucket],
  ['bucket POST delete', buckets.deleteObjects],
  ['bucket PUT cors', buckets.putCors],
  ['bucket GET cors', buckets.getCors],
  ['bucket DELETE cors', buckets.deleteCors],
  ['object PUT', objects.putObject],
  ['object GET', objects.getObject],
  ['object HEAD', objects.getObject],
  ['object DELETE', objects.deleteObject],
])

// Named so that they are refused: answering them as something else would lie.
const SUBRESOURCES = ['cors', 'delete', 'acl', 'lifecycle', 'location', 'object-lock', 'policy', 'restore', 'select']
const ABSENT = [
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
  'logging',
]

/** Finds what a call asks for; an anonymous one may only read objects that were made public. */
export const operationOf = (call: Call): Operation => {
  const target = call.key ? 'object' : call.bucket ? 'bucket' : 'service'
  const part = [...SUBRESOURCES, ...ABSENT].find((name) => call.query.has(name))
  if (!call.signed && !isPublicRead(call, part)) throw new Failure('AccessDenied')
  const operation = OPERATIONS.get([target, call.request.method, part].filter(Boolean).join(' '))
  if (!operation) throw new Failure(part ? 'NotImplemented' : 'MethodNotAllowed')
  return operation
}

const isPublicRead = ({ store, bucket, key, query, request }: Call, part: string | undefined): boolean => {
  if (part || query.size > 0 || !['GET', 'HEAD'].includes(request.method ?? '') || !store.has(bucket)) return false
  return store.bucket(bucket).entries.get(key)?.public ?? false
}
