import type { Rows } from './row.ts'
import { audit } from './routes/audit.ts'
import { billing as billingRoutes } from './routes/billing.ts'
import { code } from './routes/code.ts'
import { conversations } from './routes/conversations.ts'
import { keys } from './routes/keys.ts'
import { library } from './routes/library.ts'
import { models } from './routes/models.ts'
import { operator as operatorRoutes } from './routes/operator.ts'
import { organizations } from './routes/organizations.ts'
import { projects } from './routes/projects.ts'
import { runs } from './routes/runs.ts'
import { shares } from './routes/shares.ts'
import { signIn } from './routes/sign-in.ts'
import { user } from './routes/user.ts'
import { workshop } from './routes/workshop.ts'

/** Who may do what, written down a second time, by hand. */
export const expected: Rows = {
  ...audit,
  ...billingRoutes,
  ...code,
  ...conversations,
  ...keys,
  ...library,
  ...models,
  ...operatorRoutes,
  ...organizations,
  ...projects,
  ...runs,
  ...shares,
  ...signIn,
  ...user,
  ...workshop,
}
