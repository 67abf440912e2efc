import * as z from 'zod/mini'

/** Pictures that stand for a project: their names among the site's icons. */
export const iconSymbols = [
  'app-window',
  'book-open',
  'brush',
  'calendar',
  'camera',
  'chart-line',
  'check-check',
  'clock',
  'coffee',
  'dumbbell',
  'flower',
  'gamepad',
  'globe',
  'graduation-cap',
  'hammer',
  'heart',
  'house',
  'kanban',
  'leaf',
  'map',
  'message-circle',
  'music',
  'newspaper',
  'receipt',
  'rocket',
  'shopping-bag',
  'store',
  'utensils',
  'wallet',
  'wrench',
] as const

/** Colours by their role in the site, which has a light and a dark of each. */
export const iconColours = ['spruce', 'moss', 'ochre', 'clay', 'rose', 'plum', 'slate', 'sky'] as const

export const ProjectIcon = z.strictObject({ symbol: z.enum(iconSymbols), colour: z.enum(iconColours) })
export type ProjectIcon = z.infer<typeof ProjectIcon>
