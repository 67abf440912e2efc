import { sendEmpty, sendXml, type Call } from './call.ts'
import { dropRules, putRules, readRules, rulesXml } from './cors.ts'
import { document, escape, Failure, texts } from './failure.ts'
import { listXml } from './listing.ts'
import { receiveText } from './receive.ts'

/** The names of all buckets. */
export const listBuckets = async ({ store, response }: Call): Promise<void> => {
  const names = store.names().map((name) => `<Bucket><Name>${name}</Name></Bucket>`)
  sendXml(
    response,
    200,
    document(`<ListAllMyBucketsResult><Buckets>${names.join('')}</Buckets></ListAllMyBucketsResult>`),
  )
}

export const createBucket = async ({ store, bucket, response, request }: Call): Promise<void> => {
  request.resume()
  if (store.has(bucket)) throw new Failure('BucketAlreadyOwnedByYou')
  store.create(bucket)
  sendEmpty(response, 200, { location: `/${bucket}` })
}

export const headBucket = async ({ store, bucket, response }: Call): Promise<void> => {
  store.bucket(bucket)
  sendEmpty(response, 200)
}

export const deleteBucket = async ({ store, bucket, response }: Call): Promise<void> => {
  store.remove(bucket)
  sendEmpty(response, 204)
}

export const listObjects = async ({ store, bucket, response, query }: Call): Promise<void> =>
  sendXml(response, 200, listXml(store.bucket(bucket), query))

/** DeleteObjects: up to 1000 keys, told one by one unless the caller wants quiet. */
export const deleteObjects = async (call: Call): Promise<void> => {
  const bucket = call.store.bucket(call.bucket)
  const xml = await receiveText(call.request, call.query)
  const keys = texts(xml, 'Key')
  if (keys.length === 0 || keys.length > 1000) throw new Failure('MalformedXML')
  for (const key of keys) bucket.remove(key)
  const quiet = texts(xml, 'Quiet')[0] === 'true'
  const told = quiet ? '' : keys.map((key) => `<Deleted><Key>${escape(key)}</Key></Deleted>`).join('')
  sendXml(call.response, 200, document(`<DeleteResult>${told}</DeleteResult>`))
}

export const putCors = async (call: Call): Promise<void> => {
  putRules(call.store.bucket(call.bucket), await receiveText(call.request, call.query))
  sendEmpty(call.response, 200)
}

export const getCors = async ({ store, bucket, response }: Call): Promise<void> =>
  sendXml(response, 200, rulesXml(readRules(store.bucket(bucket), [])))

export const deleteCors = async ({ store, bucket, response }: Call): Promise<void> => {
  dropRules(store.bucket(bucket))
  sendEmpty(response, 204)
}
