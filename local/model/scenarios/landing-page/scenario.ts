import type { Scenario } from '../../scenario.ts'

/** Shared with the landing page without a framework. */
export const landingAsks =
  /\blanding\b|\bhome ?page\b|\bmarketing (?:site|page|website)\b|\bcoming soon\b|\bwaitlist\b|\b(?:website|site|web ?page) for (?:my|our|a|an)\b/i

export const landingPage: Scenario = {
  name: 'landing-page',
  template: 'react',
  asks: landingAsks,
  title: 'Something good',
  item: 'visitor',
  opening: 'A landing page has one job: say what it is and let people sign up. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll write the words first, apart from the markup, so that they are easy to change.',
      write: ['src/lib/content.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the sections, from the first screen down to the questions.',
      write: [
        'src/components/Horizon.tsx',
        'src/components/SignUp.tsx',
        'src/components/Reasons.tsx',
        'src/components/Pricing.tsx',
        'src/components/Questions.tsx',
      ],
    },
    { say: 'The typography and the page that joins them.', write: ['src/index.css', 'src/App.tsx'] },
  ],
  summary: `The landing page for **{{title}}** is ready.

- A first screen with a drawn horizon, and a sign-up that checks the address and remembers it
- Reasons, prices with a monthly and yearly switch, and questions that open one by one
- All words stand in \`src/lib/content.ts\`

Try it: sign up with your address, reload, then switch the prices to yearly.`,
}
