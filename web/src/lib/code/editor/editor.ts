import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completeAnyWord,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorSelection, EditorState, type Extension } from '@codemirror/state'
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import type { Spot } from '#lib/code/desk.svelte.ts'
import { languageOf } from './editor-language.ts'
import { named } from './editor-name.ts'
import { phrases } from './editor-phrases.ts'
import { ourLook } from './editor-theme.ts'

export interface Page {
  path: string
  text: string
  label: string
  readOnly: boolean
}

/**
 * The editor, in a shadow tree: its styles are adopted there as style sheets, which the policy lets in, unlike `<style>`.
 * Each path keeps its own state, so that undo and the cursor are still there when its tab comes back.
 */
export class Editor {
  readonly #view: EditorView
  readonly #states = new Map<string, EditorState>()
  readonly #wrapping = new Compartment()
  readonly #guarded = new Compartment()
  readonly #language = new Compartment()
  readonly #oninput: (path: string, text: string) => void
  #page: Page | null = null
  #wraps = false
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(host: HTMLElement, oninput: (path: string, text: string) => void) {
    this.#oninput = oninput
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    this.#view = new EditorView({ parent: root, root })
  }

  show(page: Page): void {
    this.flush()
    const before = this.#page
    if (before && before.path !== page.path) this.#states.set(before.path, this.#view.state)
    const kept = before?.path === page.path ? this.#view.state : this.#states.get(page.path)
    this.#page = page
    const isSame = kept && kept.readOnly === page.readOnly
    if (!isSame || this.#view.state !== kept) this.#view.setState(isSame ? kept : this.#stateOf(page))
    this.#view.dispatch({ effects: this.#wrapping.reconfigure(this.#wraps ? EditorView.lineWrapping : []) })
    this.#take(page.text)
    if (!isSame) void this.#speak(page.path)
  }

  /** Says now what was typed a moment ago. */
  flush(): void {
    if (this.#waiting === undefined) return
    clearTimeout(this.#waiting)
    this.#waiting = undefined
    if (this.#page) this.#oninput(this.#page.path, this.#view.state.doc.toString())
  }

  wrap(wraps: boolean): void {
    this.#wraps = wraps
    this.#view.dispatch({ effects: this.#wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) })
  }

  goTo({ line, column, length }: NonNullable<Spot['range']>): void {
    const { doc } = this.#view.state
    const from = doc.line(Math.min(Math.max(1, line), doc.lines))
    const anchor = Math.min(from.from + column - 1, from.to)
    const head = Math.min(anchor + length, from.to)
    this.#view.dispatch({
      selection: EditorSelection.single(anchor, head),
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    })
    this.#view.focus()
  }

  search(): void {
    openSearchPanel(this.#view)
  }

  focus(): void {
    this.#view.focus()
  }

  forget(path: string): void {
    this.#states.delete(path)
  }

  close(): void {
    this.flush()
    this.#view.destroy()
  }

  /** What was changed elsewhere, as one step that can be undone. */
  #take(text: string): void {
    const now = this.#view.state.doc.toString()
    if (now !== text) this.#view.dispatch({ changes: { from: 0, to: now.length, insert: text } })
    clearTimeout(this.#waiting)
    this.#waiting = undefined
  }

  async #speak(path: string): Promise<void> {
    const language = await languageOf(path)
    if (this.#page?.path === path) this.#view.dispatch({ effects: this.#language.reconfigure(language) })
  }

  #stateOf({ text, label, readOnly }: Page): EditorState {
    const guarded = readOnly ? [EditorState.readOnly.of(true)] : []
    return EditorState.create({
      doc: text,
      extensions: [
        always,
        this.#language.of([]),
        this.#wrapping.of([]),
        this.#guarded.of(guarded),
        EditorState.phrases.of(phrases()),
        named(label),
        EditorView.updateListener.of(({ docChanged }) => docChanged && this.#soon()),
      ],
    })
  }

  // The whole text is taken when the hands rest: a long one is not put together at every key.
  #soon(): void {
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.flush(), 150)
  }
}

/** Escape, then Tab leaves the editor: else Tab indents. */
const leaving = { key: 'Escape', run: temporarilySetTabFocusMode }

const always: Extension = [
  lineNumbers(),
  highlightActiveLineGutter(),
  foldGutter({ openText: '▾', closedText: '▸' }),
  history(),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  EditorState.tabSize.of(2),
  EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }]),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  // A list of a hundred is drawn anew at each key, and nobody reads so far.
  autocompletion({ maxRenderedOptions: 20 }),
  rectangularSelection(),
  crosshairCursor(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  ourLook,
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
