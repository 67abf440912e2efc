/** The editor knows `\n` alone. */
export const shown = (text: string) => text.replaceAll('\r\n', '\n')

/** What was typed, with the line ends that the file had. */
export function withLineEnds(typed: string, original: string): string {
  return original.includes('\r\n') ? typed.replaceAll('\n', '\r\n') : typed
}
