import AppWindow from '@lucide/svelte/icons/app-window'
import BookOpen from '@lucide/svelte/icons/book-open'
import Brush from '@lucide/svelte/icons/brush'
import Calendar from '@lucide/svelte/icons/calendar'
import Camera from '@lucide/svelte/icons/camera'
import ChartLine from '@lucide/svelte/icons/chart-line'
import CheckCheck from '@lucide/svelte/icons/check-check'
import Clock from '@lucide/svelte/icons/clock'
import Coffee from '@lucide/svelte/icons/coffee'
import Dumbbell from '@lucide/svelte/icons/dumbbell'
import Flower from '@lucide/svelte/icons/flower'
import Gamepad from '@lucide/svelte/icons/gamepad'
import Globe from '@lucide/svelte/icons/globe'
import GraduationCap from '@lucide/svelte/icons/graduation-cap'
import Hammer from '@lucide/svelte/icons/hammer'
import Heart from '@lucide/svelte/icons/heart'
import House from '@lucide/svelte/icons/house'
import Kanban from '@lucide/svelte/icons/kanban'
import Leaf from '@lucide/svelte/icons/leaf'
import MapIcon from '@lucide/svelte/icons/map'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import Music from '@lucide/svelte/icons/music'
import Newspaper from '@lucide/svelte/icons/newspaper'
import Receipt from '@lucide/svelte/icons/receipt'
import Rocket from '@lucide/svelte/icons/rocket'
import ShoppingBag from '@lucide/svelte/icons/shopping-bag'
import Store from '@lucide/svelte/icons/store'
import Utensils from '@lucide/svelte/icons/utensils'
import Wallet from '@lucide/svelte/icons/wallet'
import Wrench from '@lucide/svelte/icons/wrench'
import type { Component } from 'svelte'
import type { iconColours, ProjectIcon } from '#lib/contract.ts'

type Symbol = ProjectIcon['symbol']

/** What stands for a project, by the name that is kept. */
export const symbols: Record<Symbol, Component<{ size?: number }>> = {
  'app-window': AppWindow,
  'book-open': BookOpen,
  brush: Brush,
  calendar: Calendar,
  camera: Camera,
  'chart-line': ChartLine,
  'check-check': CheckCheck,
  clock: Clock,
  coffee: Coffee,
  dumbbell: Dumbbell,
  flower: Flower,
  gamepad: Gamepad,
  globe: Globe,
  'graduation-cap': GraduationCap,
  hammer: Hammer,
  heart: Heart,
  house: House,
  kanban: Kanban,
  leaf: Leaf,
  map: MapIcon,
  'message-circle': MessageCircle,
  music: Music,
  newspaper: Newspaper,
  receipt: Receipt,
  rocket: Rocket,
  'shopping-bag': ShoppingBag,
  store: Store,
  utensils: Utensils,
  wallet: Wallet,
  wrench: Wrench,
}

export const colours: typeof iconColours = ['spruce', 'moss', 'ochre', 'clay', 'rose', 'plum', 'slate', 'sky']

/** Words of a name that suggest what stands for it. */
const suggestions: readonly [RegExp, Symbol][] = [
  [/habit|to-?do|task|check|aufgabe/i, 'check-check'],
  [/kanban|board/i, 'kanban'],
  [/expens|budget|money|bank|ausgabe|geld/i, 'wallet'],
  [/invoice|receipt|bill|rechnung/i, 'receipt'],
  [/dashboard|chart|sales|metric|analy|statist/i, 'chart-line'],
  [/coffee|café|cafe|tea|kaffee/i, 'coffee'],
  [/recipe|cook|food|menu|restaurant|rezept|essen/i, 'utensils'],
  [/shop|store|cart|laden/i, 'store'],
  [/calendar|event|booking|schedule|kalender|termin/i, 'calendar'],
  [/timer|clock|pomodoro|watch|uhr/i, 'clock'],
  [/game|memory|quiz|spiel/i, 'gamepad'],
  [/fitness|workout|gym|training/i, 'dumbbell'],
  [/music|song|playlist|musik/i, 'music'],
  [/chat|message|forum|nachricht/i, 'message-circle'],
  [/blog|news|article|zeitung/i, 'newspaper'],
  [/book|read|library|buch|lese/i, 'book-open'],
  [/photo|camera|gallery|foto|galerie/i, 'camera'],
  [/garden|plant|flower|garten|pflanze/i, 'flower'],
  [/map|trip|travel|karte|reise/i, 'map'],
  [/learn|school|course|study|lern|schule/i, 'graduation-cap'],
  [/paint|draw|design|art|mal|zeichn/i, 'brush'],
  [/workshop|repair|bicycle|werkstatt|fahrrad/i, 'wrench'],
  [/home|house|haus|wohn/i, 'house'],
  [/landing|website|page|seite/i, 'globe'],
]

/** The icon of a project: the one that was chosen, or the one that its name suggests. */
export function iconOf({ icon, name }: { icon: ProjectIcon | null; name: string }): ProjectIcon {
  if (icon) return icon
  const symbol = suggestions.find(([words]) => words.test(name))?.[1] ?? 'app-window'
  return { symbol, colour: colours[sumOf(name) % colours.length] ?? 'spruce' }
}

const sumOf = (text: string) => [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521, 7)
