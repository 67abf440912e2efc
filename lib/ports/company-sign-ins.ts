import type { OrganizationId } from '../contract/ids.ts'

/** By which protocol a company's own directory signs its people in. */
export type ConnectionKind = 'saml' | 'oidc' | 'other'

/** Organizations at the issuer, by whose sign-ins companies let their people in. */
export interface CompanySignIns {
  /** What the issuer calls its organization for one of ours; made when there is none, and the same one ever after. */
  open(organizationId: OrganizationId, name: string): Promise<string>
  /** Where somebody connects the company's directory to it: a page of the issuer, open for an hour. */
  setUp(company: string): Promise<string>
  /** What is connected to it. */
  connections(company: string): Promise<{ name: string; kind: ConnectionKind }[]>
  /** Removes it, with the directory that was connected to it. One that is gone already stays so. */
  remove(company: string): Promise<void>
  knows(company: string): Promise<boolean>
}
