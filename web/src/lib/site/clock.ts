import { createSubscriber } from 'svelte/reactivity'

const beat = 20_000

/** One clock for all that says how long ago something was; it stands still while nothing shows it. */
const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, beat)
  return () => clearInterval(timer)
})

/** Milliseconds since 1970; whoever reads it in an effect or a template is told when time has passed. */
export function now(): number {
  subscribe()
  return Date.now()
}
