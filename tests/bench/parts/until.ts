import { get } from 'node:http'

/** Asks every 50 ms until the answer is true; rejects when it is not within `seconds`. */
export async function until(what: string, isTrue: () => Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1_000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whether a page on this machine answers 200. Names below localhost are taken as this machine, as browsers do. */
export function answers(address: string): Promise<boolean> {
  const { host, port, pathname, search } = new URL(address)
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: `${pathname}${search}`, headers: { host, accept: 'text/html' } }
    get(options, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).once('error', () => resolve(false))
  })
}
