/** One line of the table: what was measured, against what, and whether that is within its target. */
export interface Row {
  figure: string
  measured: string
  floor: string
  ratio: string
  target: string
  /** Undefined where the figure is only shown. */
  ok?: boolean
}

type Unit = 'ms' | 'req/s' | 'KB' | 'MB' | 'a minute' | 's' | 'runs' | 'sums' | 'points' | 'a second'

interface Compared {
  figure: string
  measured: number
  floor: number
  unit: Unit
}

/** A figure held against a floor of the same run: at least, or at most, so many times the floor. */
export function against({ figure, measured, floor, unit }: Compared, bound: Bound): Row {
  const ratio = measured / floor
  const { target, ok } = judge(ratio, bound, '× floor')
  return { figure, measured: write(measured, unit), floor: write(floor, unit), ratio: ratio.toFixed(2), target, ok }
}

/** A figure held against a number. */
export function within({ figure, measured, unit }: Omit<Compared, 'floor'>, bound: Bound): Row {
  const { target, ok } = judge(measured, bound, unit)
  return { figure, measured: write(measured, unit), floor: '', ratio: '', target, ok }
}

/** A figure that stands beside the others and has no target. */
export function beside({ figure, measured, unit }: Omit<Compared, 'floor'>): Row {
  return { figure, measured: write(measured, unit), floor: '', ratio: '', target: '' }
}

type Bound = { atLeast: number } | { atMost: number }

function judge(value: number, bound: Bound, unit: string): { target: string; ok: boolean } {
  return 'atLeast' in bound
    ? { target: `≥ ${bound.atLeast} ${unit}`, ok: value >= bound.atLeast }
    : { target: `≤ ${bound.atMost} ${unit}`, ok: value <= bound.atMost }
}

function write(value: number, unit: Unit): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`
}

/** The rows as a table of Markdown, its columns aligned for the terminal. */
export function table(rows: readonly Row[]): string {
  const verdict = ({ ok }: Row) => (ok === undefined ? '' : ok ? 'yes' : 'NO')
  const cells = rows.map((row) => [row.figure, row.measured, row.floor, row.ratio, row.target, verdict(row)])
  const all = [['figure', 'measured', 'floor', 'ratio', 'target', 'ok'], ...cells]
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(3, ...all.map((line) => line[column]?.length ?? 0)))
  const lines = all.map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`)
  const [head = '', ...body] = lines
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}
