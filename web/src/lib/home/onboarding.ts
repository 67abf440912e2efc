import { m } from '#lib/messages.ts'

interface Example {
  name: () => string
  /** What is asked for. */
  sentence: () => string
}

interface Kind {
  id: string
  name: () => string
  examples: readonly Example[]
}

/** What somebody could want who does not know yet. */
export const kinds: readonly Kind[] = [
  {
    id: 'track',
    name: m.home_kind_track,
    examples: [
      { name: m.home_habits, sentence: m.home_habits_sentence },
      { name: m.home_expenses, sentence: m.home_expenses_sentence },
    ],
  },
  {
    id: 'work',
    name: m.home_kind_work,
    examples: [
      { name: m.home_kanban, sentence: m.home_kanban_sentence },
      { name: m.home_todo, sentence: m.home_todo_sentence },
      { name: m.home_sales, sentence: m.home_sales_sentence },
    ],
  },
  {
    id: 'show',
    name: m.home_kind_show,
    examples: [{ name: m.home_landing, sentence: m.home_landing_sentence }],
  },
  {
    id: 'play',
    name: m.home_kind_play,
    examples: [{ name: m.home_memory, sentence: m.home_memory_sentence }],
  },
]

/** How it looks: what is said, and what is asked for. */
export const looks = [
  { id: 'calm', name: m.home_look_calm, wish: m.home_look_calm_wish },
  { id: 'bold', name: m.home_look_bold, wish: m.home_look_bold_wish },
  { id: 'plain', name: m.home_look_plain, wish: m.home_look_plain_wish },
] as const

/** All that can be started from, without the questions. */
export const examples: readonly Example[] = kinds.flatMap((kind) => kind.examples)

export const wishOf = (sentence: string, look: string): string => `${sentence}. ${look}`
