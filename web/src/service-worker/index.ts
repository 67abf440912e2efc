import { version } from '$app/env'
import { immutable } from '$app/manifest'
import { self as worker } from '$app/service-worker'
import { shellOf } from './shell-files.ts'

// Keeps the site's own files, so that it opens without a connection. What the API answers, the apps of others and every
// address with something secret in it pass by: only files whose names hold a digest of what is in them are kept.
const kept = `everjust-${version}`
const start = '/'
const isFile = ({ origin, pathname }: URL) => origin === location.origin && pathname.startsWith('/_app/immutable/')

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(kept).then((cache) => cache.addAll([start, ...shellOf(immutable.map(({ path }) => path))])),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  )
})

worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting()
  // What a page had loaded before there was a worker.
  else if (Array.isArray(data)) void keepAll(data.map(String))
})

async function keepAll(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(kept)
  const files = urls.filter((url) => isFile(new URL(url)))
  await Promise.all(files.map(async (url) => (await cache.match(url)) ?? cache.add(url).catch(() => undefined)))
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || request.headers.has('authorization')) return
  if (request.mode === 'navigate') {
    const { pathname } = new URL(request.url)
    if (!/^\/(api|showcase)\//.test(pathname)) event.respondWith(fetch(request).catch(() => startPage()))
    return
  }
  if (isFile(new URL(request.url))) event.respondWith(fileOf(request))
})

/** Every page of the site starts from the same one. */
const startPage = async () => (await caches.match(start)) ?? Response.error()

async function fileOf(request: Request): Promise<Response> {
  const cache = await caches.open(kept)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  // Where there is no room left, the file itself is still answered.
  if (answer.ok) await cache.put(request, answer.clone()).catch(() => undefined)
  return answer
}
