export const packageName = '@anthropic-ai/claude-agent-sdk'
/** One version, so that what was tested is what runs. */
export const version = '0.3.330'

/** What stands between the operator and this package. */
export const licence = `${packageName} is proprietary: "Use is subject to Legal Agreements" (code.claude.com/docs/en/legal-and-compliance).
Its overview allows it in products under Anthropic's Commercial Terms, with an API key. The legal page on the program that it
brings forbids to "pay for, resell, or intermediate Claude usage on their end users' behalf"; a gateway that pays for people
may be just that. Read both, settle it for your case, then: npm run engine -- install --accept-licence`
