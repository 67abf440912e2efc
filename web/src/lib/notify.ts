import { mount } from 'svelte'
import { m } from './messages.ts'
import type * as Sonner from 'svelte-sonner'
import type { Problem } from './api.ts'

/** A short word in the corner that goes by itself. */
export async function say(text: string): Promise<void> {
  const { toast } = await openToasts()
  toast(text)
}

/** A word on something that is done already and can be taken back while it stands there. */
export async function sayWithUndo(text: string, undo: () => void): Promise<void> {
  const { toast } = await openToasts()
  toast(text, { duration: 10_000, action: { label: m.site_undo(), onClick: undo } })
}

/** The same for something that did not work. */
export async function sayProblem({ title, detail }: Problem): Promise<void> {
  const { toast } = await openToasts()
  toast.error(title, detail ? { description: detail } : {})
}

let opened: Promise<typeof Sonner> | null = null

/** The corner for toasts is put into the page when the first one comes. */
function openToasts(): Promise<typeof Sonner> {
  opened ??= Promise.all([import('svelte-sonner'), import('./site/Toasts.svelte')]).then(([sonner, Toasts]) => {
    mount(Toasts.default, { target: document.body })
    return sonner
  })
  return opened
}
