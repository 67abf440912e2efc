import { m } from '#lib/messages.ts'
import { sayProblem } from '#lib/notify.ts'
import { Problem } from '#lib/api.ts'

/** True when it can be pasted now; otherwise it was told that the browser does not let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    void sayProblem(new Problem('forbidden', m.site_not_copied(), m.site_copy_by_hand()))
    return false
  }
}
