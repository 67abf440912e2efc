export type Columns<Row> = Record<string, (row: Row) => unknown>

/** One line a row, for spreadsheets. Column names are those of the API, whatever the reader's language. */
export function tableOf<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const lines = rows.map((row) => Object.values(columns).map((value) => cell(value(row))))
  return [Object.keys(columns), ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

/** A cell that begins like a formula would be run by the spreadsheet: a quote before it makes it text. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value as string | number)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
