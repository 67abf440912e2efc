import { title, type Screen } from './screen.ts'

export const operator: readonly Screen[] = [
  { name: 'operator: figures', as: 'owner', at: () => '/operator', sees: (here) => here.text('operator_economics') },
  ...(['people', 'organizations', 'runs', 'flags', 'announcements'] as const).map((tab): Screen => ({
    name: `operator: ${tab}`,
    as: 'owner',
    at: () => `/operator/${tab}`,
    sees: title,
  })),
]
