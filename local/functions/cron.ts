type Field = { name: string; from: number; to: number }

const fields = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of the week', from: 0, to: 7 },
] as const satisfies Field[]

/** Reads a five-field cron expression; the answer says whether it is due in the minute of an instant, in UTC. */
export function parseCron(expression: string): (at: Date) => boolean {
  const parts = expression.trim().split(/\s+/)
  if (parts.length !== fields.length) throw new Error(`The cron expression '${expression}' does not have five fields`)
  const [minutes, hours, days, months, weekdays] = fields.map((field, at) => parseField(parts[at] ?? '', field))
  if (!minutes || !hours || !days || !months || !weekdays)
    throw new Error(`The cron expression '${expression}' is empty`)
  if (weekdays.has(7)) weekdays.add(0)
  const anyDay = parts[2] === '*'
  const anyWeekday = parts[4] === '*'
  return (at) => {
    if (!minutes.has(at.getUTCMinutes()) || !hours.has(at.getUTCHours()) || !months.has(at.getUTCMonth() + 1))
      return false
    const dayFits = days.has(at.getUTCDate())
    const weekdayFits = weekdays.has(at.getUTCDay())
    // As cron has always had it: of two restricted day fields, one is enough.
    return anyDay || anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits
  }
}

function parseField(text: string, field: Field): Set<number> {
  return new Set(text.split(',').flatMap((part) => parsePart(part, field)))
}

function parsePart(part: string, { name, from, to }: Field): number[] {
  const [, range = '', start, end, stepText] = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? []
  if (range === '') throw new Error(`'${part}' is not a ${name} of a cron expression`)
  const step = Number(stepText ?? 1)
  const first = start === undefined ? from : Number(start)
  const openEnd = start === undefined || stepText !== undefined ? to : first
  const last = end === undefined ? openEnd : Number(end)
  if (first < from || last > to || first > last || step < 1)
    throw new Error(`'${part}' is out of range for the ${name}`)
  const values = []
  for (let value = first; value <= last; value += step) values.push(value)
  return values
}
