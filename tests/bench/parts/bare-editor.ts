// CodeMirror as it comes, with the language of the text: the floor of what a key can cost in an editor.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { defaultHighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'

declare global {
  var everjustBare: (text: string) => void
}

globalThis.everjustBare = (doc) => {
  document.body.style.margin = '0'
  new EditorView({
    parent: document.body,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        history(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        javascript({ typescript: true }),
        syntaxHighlighting(defaultHighlightStyle),
        EditorView.theme({ '&': { height: '900px' }, '.cm-scroller': { overflow: 'auto' } }),
      ],
    }),
  })
}
