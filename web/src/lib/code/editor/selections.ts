import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection } from '@codemirror/view'

const drawn = new Compartment()
const byBrowser: Extension = []

/**
 * A browser draws one caret and one selection by itself; drawn by us, a caret that blinks makes a frame of its own beside
 * every key. So ours are there only while there are several at once.
 */
export const selections: Extension = [
  EditorState.allowMultipleSelections.of(true),
  drawn.of(byBrowser),
  EditorState.transactionExtender.of(({ newSelection, startState }) => {
    const several = newSelection.ranges.length > 1
    const isDrawn = drawn.get(startState) !== byBrowser
    return several === isDrawn ? null : { effects: drawn.reconfigure(several ? drawSelection() : byBrowser) }
  }),
]
