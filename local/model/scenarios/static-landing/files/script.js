const form = document.querySelector('#sign-up')
const answer = document.querySelector('#answer')
const yearly = document.querySelector('#yearly')
const address = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

const thank = (email) => {
  answer.textContent = `Thank you, we will write to ${email}.`
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const email = form.elements.email.value.trim()
  if (!address.test(email)) {
    answer.textContent = 'That does not look like an address. Is something missing?'
    form.elements.email.focus()
    return
  }
  localStorage.setItem('signed-up', email)
  form.reset()
  thank(email)
})

// Twelve months for the price of ten.
yearly.addEventListener('change', () => {
  for (const price of document.querySelectorAll('[data-monthly]')) {
    const monthly = Number(price.dataset.monthly)
    price.textContent = String(yearly.checked ? Math.round((monthly * 1000) / 12) / 100 : monthly)
  }
})

const before = localStorage.getItem('signed-up')
if (before !== null) thank(before)
