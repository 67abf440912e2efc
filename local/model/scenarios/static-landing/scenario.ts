import type { Scenario } from '../../scenario.ts'
import { landingAsks } from '../landing-page/scenario.ts'

export const staticLanding: Scenario = {
  name: 'static-landing',
  template: 'static',
  asks: landingAsks,
  title: 'Something good',
  item: 'visitor',
  opening: 'A landing page has one job: say what it is and let people sign up. I’ll look at the project first.',
  steps: [
    { say: 'First the page itself: words and structure, readable without any style.', write: ['index.html'] },
    { say: 'Now how it looks, and the little it has to do.', write: ['style.css', 'script.js'] },
    { say: 'Let me check the markup and the script.', write: [], run: 'npm run check' },
  ],
  summary: `The landing page for **{{title}}** is ready, in plain HTML, CSS and JavaScript.

- A first screen with a drawn horizon, and a sign-up that checks the address and remembers it
- Reasons, prices with a monthly and yearly switch, and questions that open one by one
- It reads well without JavaScript, in light and dark

Try it: sign up with your address, then switch the prices to yearly.`,
}
