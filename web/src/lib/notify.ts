import { mount } from 'svelte'
import type * as Sonner from 'svelte-sonner'
import type { Problem } from './api.ts'
import { lacks } from './lack.ts'
import { m } from './messages.ts'
import { undoables } from './undoable.svelte.ts'

const readable = 8_000
const undoFor = 10_000

/** Says what came of it, where it did not work. */
export async function sayIfProblem(asked: Promise<Problem | undefined>): Promise<void> {
  const problem = await asked
  if (problem) await sayProblem(problem)
}

/** A short word in the corner that goes by itself. */
export async function say(text: string): Promise<void> {
  const toasts = await openToasts()
  toasts?.toast(text)
}

/** A word on something that is done already and can be taken back, once, while it stands there. */
export async function sayWithUndo(text: string, undo: () => void): Promise<void> {
  const toasts = await openToasts()
  if (!toasts) return
  const { toast } = toasts
  const id = crypto.randomUUID()
  const forget = () => void undoables.take(undoable)
  const takeBack = () => {
    if (!undoables.take(undoable)) return
    toast.dismiss(id)
    undo()
  }
  const undoable = { text, undo: takeBack }
  undoables.add(undoable)
  const action = { label: m.site_undo(), onClick: takeBack }
  toast(text, { id, duration: undoFor, action, onDismiss: forget, onAutoClose: forget })
}

/** The same for something that did not work; what another sign-in mends is said at the page's edge. */
export async function sayProblem({ code, title, detail }: Problem): Promise<void> {
  if (lacks.some((each) => each === code)) return
  const toasts = await openToasts()
  toasts?.toast.error(title, { duration: readable, ...(detail && { description: detail }) })
}

let opened: Promise<typeof Sonner | null> | null = null

/** The corner for toasts is put into the page when the first one comes; one that it could not be got for is the only one lost. */
function openToasts(): Promise<typeof Sonner | null> {
  opened ??= Promise.all([import('svelte-sonner'), import('./site/Toasts.svelte')])
    .then(([sonner, Toasts]) => {
      mount(Toasts.default, { target: document.body })
      return sonner
    })
    .catch(() => (opened = null))
  return opened
}
