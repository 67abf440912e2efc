import { defaultKeymap, history, historyKeymap, temporarilySetTabFocusMode } from '@codemirror/commands'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { named } from '#lib/code/editor/editor-name.ts'
import { ourLook } from '#lib/code/editor/editor-theme.ts'
import { m } from '#lib/messages.ts'

interface Sides {
  theirs: string
  mine: string
  labels: { theirs: string; mine: string }
  /** What stands on the side that is mine, once the hands rest and when it closes. */
  oninput: (text: string) => void
}

export interface Merge {
  /** What stands on the side that is mine. */
  text(): string
  close(): void
}

/** Theirs beside mine: what differs is taken over by an arrow, or typed. In a shadow tree, as the editor is. */
export function openMerge(host: HTMLElement, { theirs, mine, labels, oninput }: Sides): Merge {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  root.replaceChildren()
  const rest = new Rest(() => oninput(view.b.state.doc.toString()))
  const shared = [lineNumbers(), ourLook, EditorView.lineWrapping]
  const view = new MergeView({
    a: {
      doc: theirs,
      extensions: [...shared, EditorState.readOnly.of(true), named(labels.theirs)],
    },
    b: {
      doc: mine,
      extensions: [
        ...shared,
        history(),
        keymap.of([...defaultKeymap, ...historyKeymap, { key: 'Escape', run: temporarilySetTabFocusMode }]),
        named(labels.mine),
        EditorView.updateListener.of(({ docChanged }) => docChanged && rest.soon()),
      ],
    },
    parent: root,
    root,
    revertControls: 'a-to-b',
    renderRevertControl: takeOver,
    collapseUnchanged: { margin: 3, minSize: 6 },
  })
  root.adoptedStyleSheets.push(roomToPoint)
  const close = () => {
    rest.now()
    view.destroy()
  }
  return { text: () => view.b.state.doc.toString(), close }
}

/** Does something when the hands rest, or now. */
class Rest {
  readonly #does: () => void
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(does: () => void) {
    this.#does = does
  }

  soon(): void {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.now(), 150)
  }

  now(): void {
    if (this.#waiting === undefined) return
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    this.#does()
  }
}

function takeOver(): HTMLElement {
  const button = document.createElement('button')
  button.textContent = '→'
  button.title = m.code_take_over()
  button.setAttribute('aria-label', m.code_take_over())
  return button
}

/** Large enough to be hit (WCAG 2.2, 2.5.8). */
const roomToPoint = new CSSStyleSheet()
const between = '.cm-mergeView .cm-mergeViewEditors .cm-merge-revert'
roomToPoint.insertRule(`${between} { inline-size: 28px }`)
roomToPoint.insertRule(`${between} button { min-block-size: 24px }`)
