import { m } from '#lib/messages.ts'
import type { EntryGroup } from './palette.svelte.ts'

/** What stands above a group of commands. */
export const groupNames: Record<EntryGroup, () => string> = {
  recent: m.commands_group_recent,
  do: m.commands_group_do,
  go: m.commands_group_go,
  show: m.commands_group_show,
  project: m.commands_group_project,
}
