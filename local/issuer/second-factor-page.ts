import { escape } from '../pages/page.ts'
import { send } from './page.ts'
import type { Person } from './people.ts'

/** The one code of everybody, in place of what an authenticator app would show. */
export const LOCAL_CODE = '123456'

type Asked = { person: Person; wrong: boolean; webOrigins: string[] }

/** The second factor, for who has given the first. */
export const sendSecondFactor = (ctx: Parameters<typeof send>[0], { person, wrong, webOrigins }: Asked): void =>
  send(ctx, { status: wrong ? 400 : 200, title: 'Second factor', main: main(person, wrong), forms: webOrigins })

const main = ({ email }: Person, wrong: boolean): string => `<h1>Second factor</h1>
<p class="note">${escape(email)} gave the password. Now the code of the authenticator app.</p>
${wrong ? '<p class="problem" role="alert">That code does not match.</p>' : ''}
<form method="post">
<label for="code">Code</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="6" aria-describedby="hint">
<p class="hint" id="hint">The code is <code>${LOCAL_CODE}</code> for everyone.</p>
<button class="primary">Continue</button>
</form>`
