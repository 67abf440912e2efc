import { bitsPerCharacter, classesIn, isStandIn, looksRandom } from './looks-random.ts'

/** What a kind of secret looks like; the group `value` is the secret, else the whole match is. */
export interface SecretRule {
  kind: string
  /** The name it is kept under; the group `name` of the match goes before it. */
  name: string
  pattern: RegExp
  isReal?: (value: string, match: RegExpExecArray) => boolean
}

type Row = readonly [kind: string, name: string, pattern: RegExp, isReal?: SecretRule['isReal']]

const varied = (value: string): boolean => bitsPerCharacter(value) >= 3

/** Keys that say by their prefix whose they are (what each vendor, or the scanner of GitHub, documents). */
const prefixed: readonly Row[] = [
  ['Anthropic key', 'ANTHROPIC_API_KEY', /\bsk-ant-[a-z0-9]{3,8}-[\w-]{20,200}/],
  ['OpenRouter key', 'OPENROUTER_API_KEY', /\bsk-or-v1-[0-9a-f]{40,64}\b/],
  ['OpenAI key', 'OPENAI_API_KEY', /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}/, looksRandom],
  ['Stripe secret key', 'STRIPE_SECRET_KEY', /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,250}\b/],
  ['Stripe webhook secret', 'STRIPE_WEBHOOK_SECRET', /\bwhsec_[A-Za-z0-9+/=]{24,100}/],
  ['GitHub token', 'GITHUB_TOKEN', /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/],
  ['GitHub token', 'GITHUB_TOKEN', /\bgithub_pat_[A-Za-z0-9_]{22,255}\b/],
  ['GitLab token', 'GITLAB_TOKEN', /\bglpat-[\w-]{20,60}/],
  ['AWS access key id', 'AWS_ACCESS_KEY_ID', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ['Google API key', 'GOOGLE_API_KEY', /\bAIza[\w-]{35}(?![\w-])/],
  ['Google client secret', 'GOOGLE_CLIENT_SECRET', /\bGOCSPX-[\w-]{28}(?![\w-])/],
  ['Google access token', 'GOOGLE_ACCESS_TOKEN', /\bya29\.[\w-]{30,400}/],
  ['Slack token', 'SLACK_TOKEN', /\bxox[abeoprs]-[\w-]{10,250}/],
  ['Slack token', 'SLACK_TOKEN', /\bxapp-\d-[\w-]{20,250}/],
  ['Slack webhook', 'SLACK_WEBHOOK_URL', /https:\/\/hooks\.slack\.com\/services\/T\w{6,12}\/B\w{6,12}\/\w{20,30}/],
  ['Discord webhook', 'DISCORD_WEBHOOK_URL', /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[\w-]{60,70}/],
  ['Telegram bot token', 'TELEGRAM_BOT_TOKEN', /\b\d{8,10}:AA[\w-]{33}(?![\w-])/],
  ['SendGrid key', 'SENDGRID_API_KEY', /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/],
  ['Mailgun key', 'MAILGUN_API_KEY', /\bkey-[0-9a-f]{32}\b/],
  ['Resend key', 'RESEND_API_KEY', /\bre_[A-Za-z0-9]{6,10}_[A-Za-z0-9]{18,30}\b/],
  ['Twilio key', 'TWILIO_API_KEY', /\bSK[0-9a-f]{32}\b/],
  ['npm token', 'NPM_TOKEN', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['Hugging Face token', 'HF_TOKEN', /\bhf_[A-Za-z0-9]{30,40}\b/],
  ['DigitalOcean token', 'DIGITALOCEAN_TOKEN', /\bdo[opr]_v1_[0-9a-f]{64}\b/],
  ['Supabase key', 'SUPABASE_SECRET_KEY', /\b(?:sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,60})/],
  ['Shopify token', 'SHOPIFY_TOKEN', /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/],
  ['Linear key', 'LINEAR_API_KEY', /\blin_api_[A-Za-z0-9]{32,50}\b/],
  ['Notion token', 'NOTION_TOKEN', /\b(?:ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43})\b/],
  ['Groq key', 'GROQ_API_KEY', /\bgsk_[A-Za-z0-9]{40,60}\b/],
  ['Replicate token', 'REPLICATE_API_TOKEN', /\br8_[A-Za-z0-9]{36,40}\b/],
  ['Airtable token', 'AIRTABLE_TOKEN', /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/],
  ['Daytona key', 'DAYTONA_API_KEY', /\bdtn_[0-9a-f]{48,64}\b/],
].map(([kind, name, pattern, isReal = varied]) => [kind, name, pattern, isReal] as Row)

const secretName =
  '[A-Za-z0-9_-]{0,40}?(?:secret|token|credentials?|(?:api|access|auth|account|private|secret|signing|encryption|service|master|admin)[_ -]?key)'
const passwordName = '[A-Za-z0-9_-]{0,40}?(?:password|passwd|passphrase|passwort|pwd)'
const gap = '[^\\S\\n]{0,3}'
const given = `["'\`]?${gap}(?:=>|:=|=|:|\\bis\\b${gap}:?)${gap}`
const bare = '[^\\s"\'`,;(){}<>\\[\\]]{0,299}[^\\s"\'`,;(){}<>\\[\\].:?]'
const value = `(?:"(?<double>[^"\\n]{1,300})"|'(?<single>[^'\\n]{1,300})'|\`(?<tick>[^\`\\n]{1,300})\`|(?<bare>${bare}))`
const assigned = (name: string) => new RegExp(`(?<![\\w[-])(?<name>${name})${given}${value}(?![\\w(])`, 'i')

const isUpper = ({ groups }: RegExpExecArray): boolean => /^[A-Z][A-Z0-9_]*$/.test(groups?.['name'] ?? '')
const endsLine = ({ index, 0: whole, input }: RegExpExecArray): boolean =>
  /^\s*(?:\n|$)/.test(input.slice(index + whole.length))

// "PASSWORD: hunter" at the end of a line is one; "password: minimum eight letters" describes one.
const isPassword = (text: string, match: RegExpExecArray): boolean =>
  !isStandIn(text) &&
  !/\s/.test(text) &&
  ((isUpper(match) && endsLine(match) && text.length >= 4) ||
    (text.length >= 6 && classesIn(text) >= 2 && /[^A-Za-z_.-]/.test(text)))

const isKey = (text: string): boolean => !isStandIn(text) && !/[\s@]/.test(text) && looksRandom(text)

const isLongKey = (text: string): boolean =>
  text.length >= 24 &&
  !/:\/\/|^data:|^sha\d|^[\w-]+\.[\w.-]+$/.test(text) &&
  /[a-z]/.test(text) &&
  /[A-Z]/.test(text) &&
  /[0-9]/.test(text) &&
  bitsPerCharacter(text) >= 4

const isToken = (text: string): boolean => {
  const [header = ''] = text.split('.')
  return /^eyJ/.test(header) && /"(?:alg|typ|kid|enc)"/.test(atob(padded(header.replace(/[^\w-]/g, ''))))
}
const padded = (text: string): string => {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  return plain.length % 4 === 1 ? plain.slice(0, -1) : plain
}

const schemes = 'postgres(?:ql)?|mysql2?|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?|mssql|sqlserver|libsql|clickhouse'
const withPassword = (scheme: string) =>
  new RegExp(`\\b(?:${scheme})://[^\\s:/@"'\`]{0,100}:(?<password>[^\\s/@"'\`]{1,200})@[^\\s"'\`<>)\\]]{1,300}`, 'i')
const hasPassword = (_: string, { groups }: RegExpExecArray): boolean => !isStandIn(groups?.['password'] ?? '')

const rows: readonly Row[] = [
  [
    'private key',
    'PRIVATE_KEY',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{20,20000}?(?:-----END [A-Z0-9 ]{1,40}-----|$)/,
  ],
  ['database address with a password', 'DATABASE_URL', withPassword(schemes), hasPassword],
  ['address with a password', 'SERVICE_URL', withPassword('https?|ftps?|sftp|smtps?|imaps?|ldaps?|wss?'), hasPassword],
  ...prefixed,
  ['access token', 'ACCESS_TOKEN', /\beyJ[\w-]{8,2000}\.[\w-]{8,8000}\.[\w-]{10,2000}/, isToken],
  ['access token', 'ACCESS_TOKEN', /\bBearer\s+(?<value>[\w.~+/-]{16,2000}=*)/, isKey],
  [
    'AWS secret key',
    'AWS_SECRET_ACCESS_KEY',
    /\baws[\s\S]{0,200}?(?<![\w/+=])(?<value>[A-Za-z0-9/+]{40})(?![\w/+=])/i,
    isLongKey,
  ],
  ['password', 'PASSWORD', assigned(passwordName), isPassword],
  ['secret', 'SECRET', assigned(secretName), isKey],
  ['long random value', 'SECRET', new RegExp(`(?<![\\w-])(?<name>[A-Z][A-Z0-9_]{2,60})\\s?=\\s?${value}`), isLongKey],
]

/** In the order in which they are looked for: the surest first. */
export const secretRules: readonly SecretRule[] = rows.map(([kind, name, pattern, isReal]) => ({
  kind,
  name,
  pattern: new RegExp(pattern.source, `${pattern.flags}dg`),
  ...(isReal ? { isReal } : {}),
}))
