import type { Component } from 'svelte'
import { looksAfterBilling } from '#lib/billing/looks-after.ts'
import type { Organization } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

export interface TabProps {
  organization: Organization
  /** Reads it again, when something of it was changed. */
  onchange: () => Promise<void>
}

interface Tab {
  /** As it stands in the address: `/organizations/:id/models`; the first one stands there without. */
  id: string
  title: () => string
  /** Brought when it is looked at. */
  load: () => Promise<{ default: Component<TabProps> }>
  /** Who it is for; without it, every member. */
  shown?: (organization: Organization) => boolean
}

/** The pages of an organization, in the order in which they stand. */
export const tabs: readonly Tab[] = [
  { id: '', title: m.teams_people, load: () => import('./People.svelte') },
  { id: 'models', title: m.teams_models, load: () => import('./Models.svelte') },
  {
    id: 'billing',
    title: m.billing_title,
    load: () => import('../billing/BillingPage.svelte'),
    shown: looksAfterBilling,
  },
  { id: 'usage', title: m.usage_title, load: () => import('#lib/usage/UsagePage.svelte') },
  {
    id: 'sign-in',
    title: m.sign_in_tab,
    load: () => import('#lib/sign-in/OrganizationSignIn.svelte'),
    shown: ({ kind, role }) => kind === 'team' && (role === 'admin' || role === 'owner'),
  },
  {
    id: 'audit',
    title: m.audit_title,
    load: () => import('#lib/audit/Audit.svelte'),
    shown: ({ role }) => role === 'admin' || role === 'owner',
  },
  { id: 'general', title: m.teams_general, load: () => import('./General.svelte') },
]
