import { account } from './screens/account.ts'
import { atHome } from './screens/home.ts'
import { operator } from './screens/operator.ts'
import { organizations } from './screens/organizations.ts'
import { inProject } from './screens/project.ts'
import { strangers } from './screens/strangers.ts'
import type { Screen } from './screens/screen.ts'

/** The pages and states of the site, each as somebody comes to it. */
export const screens: readonly Screen[] = [
  ...strangers,
  ...organizations,
  ...atHome,
  ...account,
  ...operator,
  ...inProject,
]
