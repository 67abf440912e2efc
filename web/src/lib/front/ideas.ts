import { m } from '#lib/messages.ts'

/** Sentences one can start from, each a whole small app, by what they are for. */
export const ideas = [
  {
    kind: m.front_ideas_everyday,
    of: [
      { name: m.front_idea_todo, sentence: m.front_idea_todo_sentence },
      { name: m.front_idea_expenses, sentence: m.front_idea_expenses_sentence },
      { name: m.front_idea_recipes, sentence: m.front_idea_recipes_sentence },
    ],
  },
  {
    kind: m.front_ideas_business,
    of: [
      { name: m.front_idea_inventory, sentence: m.front_idea_inventory_sentence },
      { name: m.front_idea_invoice, sentence: m.front_idea_invoice_sentence },
      { name: m.front_idea_calendar, sentence: m.front_idea_calendar_sentence },
    ],
  },
  {
    kind: m.front_ideas_together,
    of: [
      { name: m.front_idea_poll, sentence: m.front_idea_poll_sentence },
      { name: m.front_idea_quiz, sentence: m.front_idea_quiz_sentence },
      { name: m.front_idea_notes, sentence: m.front_idea_notes_sentence },
    ],
  },
  {
    kind: m.front_ideas_tools,
    of: [
      { name: m.front_idea_calculator, sentence: m.front_idea_calculator_sentence },
      { name: m.front_idea_converter, sentence: m.front_idea_converter_sentence },
      { name: m.front_idea_markdown, sentence: m.front_idea_markdown_sentence },
    ],
  },
] as const
