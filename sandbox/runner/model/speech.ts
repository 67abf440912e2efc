const every = 100
const most = 2_000

/** Gathers the pieces in which a model speaks to a few events a second. */
export function openSpeech(say: (text: string) => void) {
  let text = ''
  let timer: NodeJS.Timeout | undefined

  return { add, flush }

  function add(piece: string) {
    text += piece
    if (text.length >= most) flush()
    timer ??= setTimeout(flush, every)
  }

  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (text !== '') say(text)
    text = ''
  }
}
