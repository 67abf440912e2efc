import { existsSync, realpathSync } from 'node:fs'
import { INSIDE } from './isolation.ts'

/** The certificates that this machine's Node trusts beside its own (an office proxy's, say); sandboxes trust them too. */
export function extraCertificates(): string | undefined {
  const file = process.env['NODE_EXTRA_CA_CERTS']
  return file && existsSync(file) ? realpathSync(file) : undefined
}

/** The variable that tells Node in a sandbox of them. */
export function certificateVariables(): Record<string, string> {
  return extraCertificates() === undefined ? {} : { NODE_EXTRA_CA_CERTS: INSIDE.certificates }
}
