/**
 * Security headers of every page (OWASP ASVS 3.4). The page itself names its scripts and styles by hash; this policy adds
 * what only an installation knows, the hosts, and what only a header may say. A browser enforces both.
 */
export function siteHeaders({
  connects,
  frames,
}: {
  connects: readonly string[]
  frames: readonly string[]
}): Record<string, string> {
  const policy = {
    'connect-src': ["'self'", ...connects],
    'frame-src': ["'self'", ...frames],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, values]) => `${name} ${values.join(' ')}`)
      .join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
  }
}

/** Of the apps on the front page: they run in its frame, and wherever they are opened in an origin of their own. */
export const appHeaders = {
  'content-security-policy': "sandbox allow-scripts allow-forms; frame-ancestors 'self'",
}

/** Of what a link leads to: no search engine keeps it, and nobody is told the link by a click there. */
export const linkHeaders = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' }
