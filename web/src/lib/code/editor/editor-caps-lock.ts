import { EditorView } from '@codemirror/view'

/** With caps lock on, Shift writes small letters, and CodeMirror would take Control, Shift and a letter for Control and the letter. */
export const despiteCapsLock = EditorView.domEventObservers({
  keydown(event) {
    const { key, shiftKey, ctrlKey, metaKey } = event
    if (!shiftKey || !(ctrlKey || metaKey) || !/^[a-z]$/.test(key)) return
    Object.defineProperty(event, 'key', { value: key.toUpperCase() })
  },
})
