import type { Lifecycle } from '../boxes/lifecycle.ts'
import type { BoxStore } from '../boxes/store.ts'
import type { Events } from '../events.ts'
import type { SignedPreviews } from '../gateway/signed.ts'
import type { Snapshot } from '../options.ts'

/** What the routes of the control plane work with. */
export type Control = {
  readonly store: BoxStore
  readonly lifecycle: Lifecycle
  readonly events: Events
  readonly signed: SignedPreviews
  readonly snapshots: Readonly<Record<string, Snapshot>>
  readonly origin: () => string
}
