/** What may be known of a value that another page sent. */
export const isRecord = (sent: unknown): sent is Record<string, unknown> => typeof sent === 'object' && sent !== null
export const isText = (sent: unknown, most: number): sent is string => typeof sent === 'string' && sent.length <= most
export const isWhole = (sent: unknown): sent is number =>
  typeof sent === 'number' && Number.isSafeInteger(sent) && sent >= 0
