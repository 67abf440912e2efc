import { field } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const inventory: Eval = {
  name: 'inventory',
  prompt: 'an inventory for a coffee bar',
  checks: [
    {
      that: 'an item can be added with its count',
      do: [
        { fill: { box: /item|name/i }, with: 'Vanilla syrup' },
        { fill: { box: /^(?:count|quantity|amount|stock)/i }, with: '5' },
        { press: { button: /^(?:add|save)/i } },
        { see: { row: /Vanilla syrup/ } },
      ],
    },
    {
      that: 'one less is four',
      do: [
        { press: { button: /less|decrease|remove one|−|-/i }, in: { row: /Vanilla syrup/ } },
        { see: { row: /Vanilla syrup.*\b4\b/s } },
      ],
    },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: { row: /Vanilla syrup.*\b4\b/s } }] },
    {
      that: 'search finds it',
      do: [
        { fill: { box: /search|filter/i }, with: 'vanilla' },
        { see: { row: /Vanilla syrup/ } },
        { miss: { row: /Oat milk/ } },
        { fill: { box: /search|filter/i }, with: '' },
      ],
    },
  ],
  followUps: [
    field('supplier', 'Bean & Co', [{ fill: { box: /^new item|^item|name/i }, with: 'Filters', enter: true }]),
  ],
}
