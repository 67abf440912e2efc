import type { Machine, Operator } from '../types'

export const off: Machine = { shown: '0', left: null, operator: null, fresh: true }

const operators: readonly string[] = ['+', '−', '×', '÷']
const isOperator = (key: string): key is Operator => operators.includes(key)

/** The machine after a key: digits, "." and the signs on the keys. */
export function pressed(machine: Machine, key: string): Machine {
  if (key === 'C') return off
  if (key === '=') return equals(machine)
  if (key === '±') return { ...machine, shown: text(-Number(machine.shown)) }
  if (key === '%') return { ...machine, shown: text(Number(machine.shown) / 100) }
  if (key === '⌫') return { ...machine, shown: machine.fresh ? '0' : machine.shown.slice(0, -1) || '0' }
  if (isOperator(key)) return { ...equals(machine), left: Number(equals(machine).shown), operator: key, fresh: true }
  return digit(machine, key)
}

function digit(machine: Machine, key: string): Machine {
  if (machine.fresh) return { ...machine, shown: key === '.' ? '0.' : key, fresh: false }
  if (key === '.' && machine.shown.includes('.')) return machine
  if (machine.shown.length >= 14) return machine
  return { ...machine, shown: machine.shown === '0' && key !== '.' ? key : machine.shown + key }
}

function equals(machine: Machine): Machine {
  const { left, operator, shown, fresh } = machine
  if (left === null || operator === null || fresh) return { ...machine, left: null, operator: null, fresh: true }
  return { shown: text(sums[operator](left, Number(shown))), left: null, operator: null, fresh: true }
}

const sums: Record<Operator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '−': (a, b) => a - b,
  '×': (a, b) => a * b,
  '÷': (a, b) => a / b,
}

// Twelve digits: what a binary number gets wrong stands after them.
const text = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(12))) : 'Cannot divide by zero'
