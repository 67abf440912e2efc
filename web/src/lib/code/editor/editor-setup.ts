import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  crosshairCursor,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import { despiteCapsLock } from './editor-caps-lock.ts'
import { ourLook } from './editor-theme.ts'
import { nearbyWords } from './nearby-words.ts'
import { selections } from './selections.ts'

/** Escape, then Tab leaves the editor: else Tab indents. */
const leaving = { key: 'Escape', run: temporarilySetTabFocusMode }

/** They come when the hands rest; the list is drawn anew at each key, so no more of it than fits, in the order of code. */
const completions = autocompletion({
  activateOnTypingDelay: 200,
  maxRenderedOptions: 10,
  icons: false,
  compareCompletions: (one, other) => (one.label < other.label ? -1 : 1),
})

/** What every text has that can be typed into. */
export const setup: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  foldGutter({ openText: '▾', closedText: '▸' }),
  history(),
  selections,
  dropCursor(),
  EditorState.tabSize.of(2),
  EditorState.languageData.of(() => [{ autocomplete: nearbyWords }]),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  completions,
  rectangularSelection(),
  crosshairCursor(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  ourLook,
  despiteCapsLock,
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    ...foldKeymap,
    leaving,
    indentWithTab,
  ]),
]
