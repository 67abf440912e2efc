import { goto } from '$app/navigation'
import { page } from '$app/state'
import { resolve } from '$app/paths'
import type { Project } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { say } from '#lib/notify.ts'

/**
 * Asked while a project is being made, it answers how to go there then. Who has gone elsewhere meanwhile is told of it,
 * and stays.
 */
export function willOpen(): (made: Pick<Project, 'id' | 'name'>) => Promise<void> {
  const { pathname } = page.url
  return async ({ id, name }) => {
    if (page.url.pathname === pathname) await goto(resolve('/projects/[id]', { id }))
    else await say(m.site_project_made({ name }))
  }
}
