import { error } from '@sveltejs/kit'

/** For those who build the site: every shared part in every state. Production has no such page. */
export function load(): void {
  if (!import.meta.env.DEV) error(404)
}
