import type { Turn } from './vocabulary.ts'

/** Changes that suit any app. */
export const darkMode: Turn = {
  prompt: 'add a dark mode switch',
  checks: [
    {
      that: 'a switch makes it dark, also after a reload',
      do: [
        { ground: 'light' },
        { press: { button: /dark|theme|mode/i } },
        { ground: 'dark' },
        { reload: true },
        { ground: 'dark' },
        { press: { button: /light|dark|theme|mode/i } },
        { ground: 'light' },
      ],
    },
  ],
}

export const renamed = (name: string): Turn => ({
  prompt: `rename it to “${name}”`,
  checks: [{ that: `it is called ${name}`, do: [{ see: { heading: new RegExp(name, 'i') } }] }],
})

const hues = { teal: [160, 195], green: [85, 165], purple: [250, 300], orange: [12, 45] } as const

export const coloured = (colour: keyof typeof hues): Turn => ({
  prompt: `make it ${colour}`,
  checks: [{ that: `it is ${colour}`, do: [{ hue: hues[colour] }] }],
})

/** One more thing to note down: `give` adds an entry, once the new box was filled. */
export const field = (label: string, value: string, give: Turn['checks'][number]['do'][number][]): Turn => ({
  prompt: `add a ${label} field`,
  checks: [
    {
      that: `an entry has a ${label}`,
      do: [{ fill: { box: new RegExp(label, 'i') }, with: value }, ...give, { see: new RegExp(value) }],
    },
  ],
})

/** A button that removes everything; `entry` is something that was there. */
export const clearAll = (entry: string | RegExp): Turn => ({
  prompt: 'add a clear all button',
  checks: [
    {
      that: 'one button removes everything, and asks before it does',
      do: [
        { press: { button: /clear|delete all|remove all/i } },
        { press: { button: /^(?:remove|yes|clear|delete|confirm|ok)/i } },
        { miss: entry },
      ],
    },
  ],
})
