import { document, escape, Failure } from './failure.ts'
import type { Bucket, Entry } from './store.ts'

const LARGEST_PAGE = 1000

/** A page of a bucket's objects in the order of their keys, folded at the delimiter (ListObjectsV2). */
export const listXml = (bucket: Bucket, query: URLSearchParams): string => {
  if (query.get('list-type') !== '2') throw new Failure('NotImplemented')
  const prefix = query.get('prefix') ?? ''
  const limit = Math.min(Number(query.get('max-keys') ?? LARGEST_PAGE), LARGEST_PAGE)
  if (!(limit >= 0)) throw new Failure('InvalidArgument')
  const token = query.get('continuation-token')
  const after = token ? Buffer.from(token, 'base64url').toString() : (query.get('start-after') ?? '')
  const { objects, folders, last, truncated } = page(bucket, {
    prefix,
    delimiter: query.get('delimiter') ?? '',
    after,
    limit,
  })

  const word = query.get('encoding-type') === 'url' ? encodeURIComponent : escape
  const next = truncated ? element('NextContinuationToken', Buffer.from(last).toString('base64url')) : ''
  return document(
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${element('Name', bucket.name)}${element('Prefix', word(prefix))}${element('KeyCount', objects.length + folders.length)}${element('MaxKeys', limit)}${element('IsTruncated', truncated)}${next}${query.has('encoding-type') ? element('EncodingType', 'url') : ''}${objects.map((entry) => contents(entry, word)).join('')}${folders.map((folder) => `<CommonPrefixes>${element('Prefix', word(folder))}</CommonPrefixes>`).join('')}</ListBucketResult>`,
  )
}

type Cut = { prefix: string; delimiter: string; after: string; limit: number }

const page = (bucket: Bucket, { prefix, delimiter, after, limit }: Cut) => {
  const keys = [...bucket.entries.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const objects: Entry[] = []
  const folders: string[] = []
  let last = after
  for (const key of keys) {
    const folder = folderOf(key, prefix, delimiter)
    // A token may end with a folder: everything within it was told already.
    if (folder !== undefined && (folder === folders.at(-1) || (after.endsWith(delimiter) && after === folder))) continue
    if (objects.length + folders.length === limit) return { objects, folders, last, truncated: limit > 0 }
    const entry = bucket.entries.get(key)
    if (folder !== undefined) folders.push(folder)
    else if (entry) objects.push(entry)
    last = folder ?? key
  }
  return { objects, folders, last, truncated: false }
}

const folderOf = (key: string, prefix: string, delimiter: string): string | undefined => {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1
  return end < 0 ? undefined : key.slice(0, end + delimiter.length)
}

const contents = ({ key, size, etag, modified }: Entry, word: (text: string) => string): string =>
  `<Contents>${element('Key', word(key))}${element('LastModified', modified)}${element('ETag', escape(etag))}${element('Size', size)}<StorageClass>STANDARD</StorageClass></Contents>`

const element = (name: string, value: string | number | boolean): string => `<${name}>${value}</${name}>`
