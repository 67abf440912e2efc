const key = 'ideas'
const first = [
  { title: 'Collect the three best examples of {{topic}}', votes: 5, voted: false },
  { title: 'Ask someone who knows more, and write it down', votes: 3, voted: false },
  { title: 'Show it to one person this week', votes: 2, voted: false },
]

/** A board of ideas: added by a form, ranked by votes, kept in the browser. */
export function showIdeas(form, list) {
  let ideas = read()

  const change = (next) => {
    ideas = next
    localStorage.setItem(key, JSON.stringify(ideas))
    list.replaceChildren(...[...ideas].sort((a, b) => b.votes - a.votes).map(row))
  }

  const row = (idea) => {
    const item = document.createElement('li')
    const vote = button(`▲ ${idea.votes}`, `Vote for ${idea.title}`, () => {
      const votes = idea.votes + (idea.voted ? -1 : 1)
      change(ideas.map((other) => (other === idea ? { ...idea, voted: !idea.voted, votes } : other)))
    })
    vote.setAttribute('aria-pressed', String(idea.voted))
    const title = document.createElement('p')
    title.textContent = idea.title
    const remove = button('Remove', `Remove ${idea.title}`, () => change(ideas.filter((other) => other !== idea)))
    item.append(vote, title, remove)
    return item
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const title = form.elements.title.value.trim()
    if (title === '') return
    change([...ideas, { title, votes: 1, voted: true }])
    form.reset()
  })
  change(ideas)
}

function button(text, label, onClick) {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  element.setAttribute('aria-label', label)
  element.addEventListener('click', onClick)
  return element
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? first
  } catch {
    return first
  }
}
