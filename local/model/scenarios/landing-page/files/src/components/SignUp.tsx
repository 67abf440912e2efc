import { useState } from 'react'
import type { FormEvent } from 'react'
import { useStored } from '../lib/use-stored'

const address = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

export function SignUp() {
  const [email, setEmail] = useStored<string>('signed-up', () => '')
  const [problem, setProblem] = useState('')

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('email') ?? '').trim()
    if (!address.test(typed)) return setProblem('That does not look like an address. Is something missing?')
    setProblem('')
    setEmail(typed)
  }

  if (email !== '') {
    return (
      <p role="status" className="max-w-md border-l-4 border-accent pl-4 text-lg">
        Thank you, we will write to <strong>{email}</strong>.{' '}
        <button type="button" onClick={() => setEmail('')} className="underline underline-offset-4">
          Use another address
        </button>
      </p>
    )
  }
  return (
    <form noValidate onSubmit={submit} className="max-w-md">
      <label htmlFor="email" className="text-sm font-semibold">
        Be among the first
      </label>
      <div className="mt-2 flex flex-wrap gap-2">
        <input
          id="email"
          name="email"
          type="email"
          autoComplete="email"
          placeholder="you@example.com"
          aria-invalid={problem !== ''}
          aria-describedby="email-problem"
          className="field min-w-52 flex-1"
        />
        <button
          type="submit"
          className="rounded-sm bg-accent px-6 py-3 font-semibold text-on-accent hover:brightness-110"
        >
          Sign up
        </button>
      </div>
      <p id="email-problem" role="alert" className="mt-2 min-h-6 text-sm text-accent">
        {problem}
      </p>
    </form>
  )
}
