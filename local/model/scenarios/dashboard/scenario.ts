import type { Scenario } from '../../scenario.ts'

export const dashboard: Scenario = {
  name: 'dashboard',
  template: 'react',
  asks: /\bdashboards?\b|\banalytics\b|\bcharts?\b|\bmetrics\b|\bkpis?\b|\breport(?:ing)?\b|\bstatistics\b/i,
  title: 'Dashboard',
  item: 'channel',
  opening: 'A dashboard answers a question at a glance. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll begin with the numbers: a year of days, made from a fixed seed so that they are the same each time, and the sums over them.',
      write: [
        'src/types.ts',
        'src/lib/figures.ts',
        'src/lib/scale.ts',
        'src/lib/use-width.ts',
        'src/lib/use-stored.ts',
      ],
    },
    {
      say: 'Now the charts. They are plain SVG: lines with a reading for every day, bars, and a ring.',
      write: [
        'src/components/Tiles.tsx',
        'src/components/LineChart.tsx',
        'src/components/WeekdayBars.tsx',
        'src/components/ShareRing.tsx',
        'src/components/ChannelTable.tsx',
      ],
    },
    { say: 'The theme and the page that arranges them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Choose 7, 30 or 90 days; every figure is set against the period before
- Move over the line, or focus it and use the arrow keys, to read a single day
- Sort the table by any column; the chosen period is remembered

The numbers are made up, from a fixed seed. To show real ones, replace \`figures\` in \`src/lib/figures.ts\`.`,
}
