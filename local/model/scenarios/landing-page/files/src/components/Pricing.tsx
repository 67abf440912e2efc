import { useState } from 'react'
import { plans } from '../lib/content'

/** Twelve months for the price of ten. */
const perMonth = (monthly: number, yearly: boolean): number => (yearly ? (monthly * 10) / 12 : monthly)

const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

export function Pricing() {
  const [yearly, setYearly] = useState(false)
  return (
    <section id="prices" aria-labelledby="prices-heading" className="border-t border-ink py-20">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h2 id="prices-heading" className="font-display text-4xl leading-tight">
          Prices
        </h2>
        <label className="flex cursor-pointer items-center gap-3 font-semibold">
          <input
            type="checkbox"
            role="switch"
            checked={yearly}
            onChange={(event) => setYearly(event.target.checked)}
            className="switch"
          />
          Pay yearly, two months free
        </label>
      </div>
      <ul className="mt-10 grid gap-px overflow-hidden border border-ink bg-ink md:grid-cols-3">
        {plans.map(({ name, monthly, text, includes }, index) => (
          <li key={name} className={`flex flex-col p-7 ${index === 1 ? 'bg-accent text-on-accent' : 'bg-ground'}`}>
            <h3 className="text-lg font-semibold">{name}</h3>
            <p className="mt-1">{text}</p>
            <p className="mt-6 font-display text-6xl tabular-nums">
              {amount.format(perMonth(monthly, yearly))}
              <span className="font-sans text-base"> a month</span>
            </p>
            <ul className="mt-6 grid gap-2 border-t border-current pt-5">
              {includes.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
