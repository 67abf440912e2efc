export const title = '{{title}}'

export const promise = 'made with care, and without the fuss.'

export const lead =
  'We took our time and left out everything that nobody misses. What remains is good, and it is yours from the first day.'

export const reasons = [
  {
    heading: 'Made by people who care',
    text: 'A small team that knows every detail, answers by name, and would rather take a day longer than do it twice.',
  },
  {
    heading: 'Honest from the start',
    text: 'One price, said before you begin. You can stop at any time, and nobody will try to talk you out of it.',
  },
  {
    heading: 'Better every week',
    text: 'We listen, change one thing at a time, and tell you what it was. What you liked stays where it is.',
  },
]

export const plans = [
  {
    name: 'Taste',
    monthly: 0,
    text: 'To see whether it suits you.',
    includes: ['One person', 'The essentials', 'Answers within two days'],
  },
  {
    name: 'Regular',
    monthly: 12,
    text: 'What most people choose.',
    includes: ['Up to three people', 'Everything we make', 'Answers the same day'],
  },
  {
    name: 'All in',
    monthly: 29,
    text: 'For those who share it.',
    includes: ['As many as you like', 'First to get what is new', 'Someone who knows you'],
  },
]

export const questions = [
  {
    question: 'When does it begin?',
    answer: 'As soon as you sign up. You get one message with everything you need, and no second one unless you ask.',
  },
  {
    question: 'What if I do not like it?',
    answer: 'Then tell us within thirty days and you get your money back, all of it, without a form to fill in.',
  },
  {
    question: 'What happens to my address?',
    answer: 'It stays with us, for this one purpose. You can have it removed at any time with a single reply.',
  },
]
