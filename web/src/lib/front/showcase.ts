import { m } from '#lib/messages.ts'

/** An app that was built from one sentence, and can be tried on the front page. */
export interface ShownApp {
  /** Its folder in the site, below `/showcase`. */
  name: string
  title: () => string
  sentence: () => string
}

export const apps: readonly [ShownApp, ...ShownApp[]] = [
  { name: 'habit-tracker', title: m.front_app_habit_tracker_title, sentence: m.front_app_habit_tracker_sentence },
  { name: 'kanban', title: m.front_app_kanban_title, sentence: m.front_app_kanban_sentence },
  { name: 'dashboard', title: m.front_app_dashboard_title, sentence: m.front_app_dashboard_sentence },
  { name: 'memory-game', title: m.front_app_memory_game_title, sentence: m.front_app_memory_game_sentence },
  { name: 'timer', title: m.front_app_timer_title, sentence: m.front_app_timer_sentence },
  { name: 'landing-page', title: m.front_app_landing_page_title, sentence: m.front_app_landing_page_sentence },
]

export const addressOf = ({ name }: ShownApp) => `/showcase/${name}/index.html`

/** Whether the app can run: it is built after the site, so a new installation may not have it for a moment. */
export async function isThere(app: ShownApp): Promise<boolean> {
  const answer = await fetch(addressOf(app), { method: 'HEAD' }).catch(() => undefined)
  return answer?.ok ?? false
}
