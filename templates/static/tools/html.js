// A small reader of HTML: finds elements that are opened and never closed, or closed and never opened.
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const selfClosing = new Set('path circle rect line polyline polygon ellipse use stop image animate'.split(' '))
const mayStayOpen = new Set('li p dt dd option tr td th thead tbody tfoot colgroup html head body'.split(' '))
const tokens =
  /<!--[\s\S]*?-->|<!doctype[^>]*>|<(script|style|textarea|title)\b[^>]*>[\s\S]*?<\/\1\s*>|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi

/** Sentences that name file, line and element. */
export function problemsOfHtml(file, text) {
  const open = []
  const problems = []
  for (const match of text.matchAll(tokens)) {
    const name = match[3]?.toLowerCase()
    if (name === undefined || empty.has(name)) continue
    const at = `${file}:${text.slice(0, match.index).split('\n').length}`
    if (match[2] === '/') problems.push(...close(open, name, at))
    else if (!(match[4].endsWith('/') && selfClosing.has(name))) open.push({ name, at })
  }
  return [...problems, ...unclosed(open)]
}

function close(open, name, at) {
  const index = open.findLastIndex((element) => element.name === name)
  if (index === -1) return [`${at}: </${name}> closes nothing`]
  return unclosed(open.splice(index).slice(1))
}

const unclosed = (elements) =>
  elements.filter(({ name }) => !mayStayOpen.has(name)).map(({ name, at }) => `${at}: <${name}> is never closed`)
