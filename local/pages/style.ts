/** The look of the stand-ins' pages: paper and ink, one spruce accent; light and dark each designed. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --surface: oklch(0.975 0.006 95);
  --raised: oklch(0.995 0.003 95);
  --ink: oklch(0.25 0.015 160);
  --soft: oklch(0.47 0.015 160);
  --line: oklch(0.885 0.008 95);
  --edge: oklch(0.64 0.012 150);
  --accent: oklch(0.42 0.075 165);
  --on-accent: oklch(0.985 0.008 95);
  --tint: oklch(0.945 0.02 160);
  --bad: oklch(0.48 0.15 28);
  --bad-tint: oklch(0.955 0.025 30);
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: oklch(0.205 0.01 165);
    --raised: oklch(0.245 0.011 165);
    --ink: oklch(0.935 0.008 95);
    --soft: oklch(0.74 0.012 120);
    --line: oklch(0.335 0.012 165);
    --edge: oklch(0.56 0.015 160);
    --accent: oklch(0.79 0.09 165);
    --on-accent: oklch(0.2 0.03 165);
    --tint: oklch(0.3 0.025 165);
    --bad: oklch(0.8 0.1 30);
    --bad-tint: oklch(0.3 0.045 28);
  }
}
* { box-sizing: border-box; margin: 0 }
body {
  min-height: 100dvh;
  display: grid;
  place-items: center;
  padding: 24px 16px;
  background: var(--surface);
  color: var(--ink);
  font: 16px/1.5 'Geist Variable', Geist, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  -webkit-font-smoothing: antialiased;
}
main {
  width: 100%;
  max-width: 420px;
  padding: 32px;
  background: var(--raised);
  border: 1px solid var(--line);
  border-radius: 10px;
}
.mark { display: flex; align-items: center; gap: 8px; margin-bottom: 24px; font-size: 14px; font-weight: 600 }
.mark span { width: 16px; height: 16px; border-radius: 4px; background: var(--accent); border-right: 5px solid var(--ink) }
h1 { font-size: 28px; line-height: 1.2; font-weight: 600; letter-spacing: -0.02em }
h2 { margin: 0 0 12px; font-size: 13px; line-height: 1.2; font-weight: 500; color: var(--soft) }
.note { margin-top: 8px; color: var(--soft); font-size: 14px }
.problem {
  margin-top: 16px; padding: 12px; border-radius: 6px; font-size: 14px;
  color: var(--bad); background: var(--bad-tint); border: 1px solid currentColor;
}
a { color: var(--accent); overflow-wrap: anywhere }
p + p { margin-top: 16px }
form { margin-top: 24px }
form + form { padding-top: 24px; border-top: 1px solid var(--line) }
ul { padding: 0; list-style: none; display: grid; gap: 8px }
button { font: inherit; color: inherit; cursor: pointer; border-radius: 6px; border: 1px solid var(--edge) }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
ul { margin-top: 24px }
li a { display: block; padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; text-decoration: none; font-size: 14px }
li a:hover { background: var(--tint) }
li a small { color: var(--soft); font-size: 13px }
li button {
  width: 100%; min-height: 56px; padding: 8px 12px; display: flex; align-items: center; gap: 12px;
  text-align: left; background: transparent; transition: background-color 120ms ease-out;
}
li button:hover { background: var(--tint); border-color: var(--accent) }
.initial {
  flex: none; width: 32px; height: 32px; display: grid; place-items: center; border-radius: 50%;
  background: var(--tint); color: var(--accent); font-size: 14px; font-weight: 600;
}
.who { flex: 1; min-width: 0; display: grid; line-height: 1.35; font-size: 14px }
.who b { font-weight: 500 }
.who span { color: var(--soft); font-size: 13px; overflow: hidden; text-overflow: ellipsis }
.tier { flex: none; padding: 2px 8px; border: 1px solid var(--line); border-radius: 999px; font-size: 12px; color: var(--soft) }
label { display: block; margin-bottom: 4px; font-size: 14px; font-weight: 500 }
input, select {
  width: 100%; height: 40px; margin-bottom: 12px; padding: 0 12px; font: inherit; color: inherit;
  background: var(--surface); border: 1px solid var(--edge); border-radius: 6px;
}
.hint { margin-bottom: 16px; font-size: 13px; color: var(--soft) }
code { font: 0.95em 'Geist Mono Variable', ui-monospace, 'SF Mono', Menlo, Consolas, monospace; color: var(--ink) }
.primary { width: 100%; height: 40px; font-weight: 500; color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
.primary:hover { filter: brightness(1.08) }
@media (pointer: coarse) { input, select, .primary { height: 44px } }
@media (max-width: 480px) {
  body { place-items: start center; background: var(--raised); padding: 8px }
  main { border: 0; padding: 16px }
}
@media (prefers-reduced-motion: reduce) { * { transition: none } }
`
