/** Browser and system by the words of a User-Agent, as people know them: "Firefox · Windows"; null for none of either. */
export function agentOf(header: string | undefined): string | null {
  const named = (among: readonly Named[]) => among.find(([, pattern]) => pattern.test(header ?? ''))?.[0]
  return [named(browsers), named(systems)].filter(Boolean).join(' · ') || null
}

type Named = readonly [name: string, pattern: RegExp]

// Each claims to be those below it.
const browsers: readonly Named[] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bVersion\/.*\bSafari\//],
]
const systems: readonly Named[] = [
  ['iOS', /\b(iPhone|iPad|iPod)\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]
