import type { Choice, Unit } from '../types'

const times = (id: string, name: string, factor: number): Unit => ({
  id,
  name,
  into: (value) => value * factor,
  back: (value) => value / factor,
})

export const kinds: Record<string, Unit[]> = {
  Length: [
    times('m', 'Metres', 1),
    times('km', 'Kilometres', 1000),
    times('cm', 'Centimetres', 0.01),
    times('mi', 'Miles', 1609.344),
    times('ft', 'Feet', 0.3048),
    times('in', 'Inches', 0.0254),
  ],
  Weight: [
    times('kg', 'Kilograms', 1),
    times('g', 'Grams', 0.001),
    times('lb', 'Pounds', 0.45359237),
    times('oz', 'Ounces', 0.028349523125),
  ],
  Temperature: [
    times('c', 'Celsius', 1),
    { id: 'f', name: 'Fahrenheit', into: (value) => ((value - 32) * 5) / 9, back: (value) => (value * 9) / 5 + 32 },
    { id: 'k', name: 'Kelvin', into: (value) => value - 273.15, back: (value) => value + 273.15 },
  ],
  Volume: [
    times('l', 'Litres', 1),
    times('ml', 'Millilitres', 0.001),
    times('gal', 'US gallons', 3.785411784),
    times('cup', 'US cups', 0.2365882365),
  ],
}

export const unitsOf = (kind: string): Unit[] => kinds[kind] ?? []

export const firstChoice = (): Choice => ({ kind: 'Length', value: '10', from: 'km', to: 'mi' })

/** As many digits as one reads; a dash for what is no number. */
export function converted(value: string, from: Unit | undefined, to: Unit | undefined): string {
  const number = Number(value.replace(',', '.'))
  if (from === undefined || to === undefined || value.trim() === '' || !Number.isFinite(number)) return '–'
  return String(Number(to.back(from.into(number)).toPrecision(7)))
}
