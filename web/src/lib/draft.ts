/** What somebody typed and did not send yet, by place, kept over reloads and sign-ins. */
export function readDraft(place: string): string {
  return localStorage.getItem(keyOf(place)) ?? ''
}

export function keepDraft(place: string, text: string): void {
  if (text === '') localStorage.removeItem(keyOf(place))
  else localStorage.setItem(keyOf(place), text)
}

/** Whoever signs out leaves nothing of it to the next person at this browser. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

const prefix = 'everjust:draft:'
const keyOf = (place: string) => prefix + place

const waiting = 'everjust:build-after-sign-in'

/** Remembers that the sentence typed on the front page is to be built once its author has signed in. */
export function buildAfterSignIn(): void {
  sessionStorage.setItem(waiting, '1')
}

/** True once: after a sign-in that was started by "Build it". */
export function takeBuildAfterSignIn(): boolean {
  const wanted = sessionStorage.getItem(waiting) === '1'
  sessionStorage.removeItem(waiting)
  return wanted
}
