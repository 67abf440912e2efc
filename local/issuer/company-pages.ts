import { escape } from '../pages/page.ts'
import type { Company } from './companies.ts'
import { send } from './page.ts'

type Page = Parameters<typeof send>[0]

const protocols = { samlp: 'SAML', oidc: 'OpenID Connect' } as const

/** The page of a company's own directory, where its people are sent by their mail address. */
export const sendCompanySignIn = (
  ctx: Page,
  { company, email, webOrigins }: { company: Company; email: string; webOrigins: string[] },
): void =>
  send(ctx, {
    status: 200,
    title: `Sign in at ${company.displayName}`,
    forms: webOrigins,
    main: `<h1>Sign in at ${escape(company.displayName)}</h1>
<p class="note">This stands in for the company’s own directory, connected by ${protocols[company.connection?.strategy ?? 'samlp']}.</p>
<form method="post">
<input type="hidden" name="company" value="${escape(company.id)}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" readonly value="${escape(email)}">
<button class="primary">Continue as ${escape(email)}</button>
</form>`,
  })

/** Where whoever runs a company's directory connects it. */
export const sendSetUp = (ctx: Page, { company, problem }: { company: Company; problem?: string }): void =>
  send(ctx, {
    status: problem ? 400 : 200,
    title: 'Connect a directory',
    main: `<h1>Connect the directory of ${escape(company.displayName)}</h1>
<p class="note">Who has an address of these domains signs in there from now on.</p>
${problem ? `<p class="problem" role="alert">${escape(problem)}</p>` : ''}
<form method="post">
<label for="protocol">Protocol</label>
<select id="protocol" name="protocol"><option value="samlp">SAML</option><option value="oidc">OpenID Connect</option></select>
<label for="domains">Mail domains</label>
<input id="domains" name="domains" required autocomplete="off" aria-describedby="hint" value="${escape(company.connection?.domains.join(', ') ?? '')}">
<p class="hint" id="hint">With commas between them.</p>
<button class="primary">Connect</button>
</form>`,
  })
