/** The accounts that people sign in by, where the issuer keeps them. Throws a fault when it was not answered. */
export interface Identities {
  /** By the subject of its tokens. One that is gone already stays so. */
  remove(subject: string): Promise<void>
  knows(subject: string): Promise<boolean>
}
