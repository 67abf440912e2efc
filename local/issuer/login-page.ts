import { escape } from '../pages/page.ts'
import { send } from './page.ts'
import type { Person } from './people.ts'

export type LoginForm = { people: Person[]; email: string; problem?: string; webOrigins: string[] }

type Page = Parameters<typeof send>[0]

/** The sign-in: one button for each person of this machine, and a form for anybody else. */
export const sendLogin = (ctx: Page, form: LoginForm): void =>
  send(ctx, { status: form.problem ? 400 : 200, title: 'Sign in', main: main(form), forms: form.webOrigins })

const main = ({ people, email, problem }: LoginForm): string => `<h1>Sign in</h1>
<p class="note">Local sign-in. These people exist only on this machine.</p>
${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
<form method="post">
<h2 id="people">Continue as</h2>
<ul aria-labelledby="people">
${people.map(personButton).join('\n')}
</ul>
</form>
<form method="post">
<h2>Or with an e-mail</h2>
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${escape(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required aria-describedby="hint">
<p class="hint" id="hint">The password is <code>local</code> for everyone. A new e-mail makes a new person.</p>
<button class="primary">Sign in</button>
</form>`

const personButton = ({ id, name, email, tier }: Person): string => `<li><button name="person" value="${escape(id)}">
<span class="initial" aria-hidden="true">${escape(name.charAt(0))}</span>
<span class="who"><b>${escape(name)}</b><span>${escape(email)}</span></span>
<span class="tier">${escape(tier)}</span>
</button></li>`
