import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

const text = '# Ahoy\n\n- one\n- two\n\nSome **bold** words and [a link](https://example.com/).'

export const markdownEditor: Eval = {
  name: 'markdown-editor',
  prompt: 'a markdown editor with a live preview',
  checks: [
    {
      that: 'what is written shows beside it',
      do: [
        { fill: { css: 'textarea' }, with: text },
        { see: { heading: /^Ahoy$/ } },
        { count: { css: 'li' }, atLeast: 2 },
        { see: { css: 'strong:text("bold"), b:text("bold")' } },
        { see: { css: 'a[href="https://example.com/"]' } },
      ],
    },
    {
      that: 'a script in the text does not run',
      do: [
        { fill: { css: 'textarea' }, with: '<img src=x onerror="document.body.remove()"> [x](javascript:alert(1))' },
        { miss: { css: 'a[href^="javascript:"]' } },
        { see: { css: 'textarea' } },
      ],
    },
    {
      that: 'the text is there after a reload',
      do: [
        { fill: { css: 'textarea' }, with: '# Kept' },
        { see: { heading: /^Kept$/ } },
        { reload: true },
        { see: { heading: /^Kept$/ } },
      ],
    },
  ],
  followUps: [darkMode],
}
