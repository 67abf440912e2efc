import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** How a text is announced. Whatever can be typed into is reached by Tab; the attribute says it to those who look for it. */
export const named = (label: string): Extension =>
  EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' })
