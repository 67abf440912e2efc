import type { Question } from '../types'

export const questions: Question[] = [
  {
    id: 'moon',
    text: 'How long does light travel from the moon to us?',
    choices: ['About a second', 'About a minute', 'About an hour'],
    answer: 0,
    why: 'It covers 384,000 km at almost 300,000 km a second.',
  },
  {
    id: 'honey',
    text: 'Which food can still be eaten after three thousand years?',
    choices: ['Cheese', 'Honey', 'Bread'],
    answer: 1,
    why: 'It holds too little water for anything to grow in it.',
  },
  {
    id: 'octopus',
    text: 'How many hearts has an octopus?',
    choices: ['One', 'Two', 'Three'],
    answer: 2,
    why: 'Two for the gills and one for everything else.',
  },
  {
    id: 'piano',
    text: 'How many keys has a concert piano?',
    choices: ['88', '76', '100'],
    answer: 0,
    why: 'Fifty-two white ones and thirty-six black ones.',
  },
  {
    id: 'sahara',
    text: 'What covers most of the Sahara?',
    choices: ['Dunes of sand', 'Stone and gravel', 'Dry grass'],
    answer: 1,
    why: 'Dunes make up no more than a quarter of it.',
  },
  {
    id: 'year',
    text: 'On which planet is a day longer than a year?',
    choices: ['Mercury', 'Jupiter', 'Venus'],
    answer: 2,
    why: 'It turns once in 243 days and is around the sun in 225.',
  },
]
