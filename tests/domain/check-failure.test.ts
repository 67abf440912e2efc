import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failuresIn } from '../../lib/domain/check-failure.ts'
import { normalised } from '../../lib/domain/fingerprint.ts'

const told = (check: string, output: string) => failuresIn(check, output).map(({ file, message }) => [file, message])
const prints = (check: string, output: string) => failuresIn(check, output).map(({ fingerprint }) => fingerprint)

const outputs: [tool: string, check: string, first: string, again: string, expected: [string | null, string][]][] = [
  [
    'TypeScript',
    'typecheck',
    "src/App.tsx(3,5): error TS2322: Type 'string' is not assignable to type 'number'.\nsrc/lib/a.ts(9,1): error TS2304: Cannot find name 'x'.",
    "src/App.tsx(41,12): error TS2322: Type 'string' is not assignable to type 'number'.\nsrc/lib/a.ts(2,7): error TS2304: Cannot find name 'x'.",
    [
      ['src/App.tsx', "TS2322: Type 'string' is not assignable to type 'number'."],
      ['src/lib/a.ts', "TS2304: Cannot find name 'x'."],
    ],
  ],
  [
    'esbuild',
    'build',
    '\u001b[31m✘ [ERROR] \u001b[0mCould not resolve "./Row"\n\n    src/App.tsx:1:20:\n      1 │ import Row from "./Row"',
    '✘ [ERROR] Could not resolve "./Row"\n\n    src/App.tsx:7:16:\n      7 │ import Row from "./Row"',
    [['src/App.tsx', 'Could not resolve "./Row"']],
  ],
  [
    'Rolldown',
    'build',
    "✗ Build failed in 84ms\n[UNRESOLVED_IMPORT] Error: Could not resolve './Row' in src/App.tsx\n   ╭─[ src/App.tsx:1:17 ]\n   │",
    "✗ Build failed in 1.2s\n[UNRESOLVED_IMPORT] Error: Could not resolve './Row' in src/App.tsx\n   ╭─[ src/App.tsx:30:2 ]\n   │",
    [['src/App.tsx', "[UNRESOLVED_IMPORT] Error: Could not resolve './Row' in src/App.tsx"]],
  ],
  [
    'Node',
    'typecheck',
    'broken.js: /home/app/project/broken.js:1\nconst days = eight 8\n             ^^^^^\n\nSyntaxError: Unexpected number\n    at wrapSafe (node:internal/modules/cjs/loader:1743:18)\n\nNode.js v24.21.0\n1 problems',
    'broken.js: /home/app/project/broken.js:7\nconst days = eight 8\n             ^^^^^\n\nSyntaxError: Unexpected number\n    at wrapSafe (node:internal/modules/cjs/loader:1743:18)\n\nNode.js v24.21.0\n1 problems',
    [['broken.js', 'SyntaxError: Unexpected number']],
  ],
  [
    'Vite',
    'dev-server',
    '2:01:05 PM [vite] Internal server error: Failed to resolve import "left-pad" from "src/App.tsx". Does the file exist?\n  Plugin: vite:import-analysis\n  File: /home/app/project/src/App.tsx:2:20',
    '2:09:44 PM [vite] Internal server error: Failed to resolve import "left-pad" from "src/App.tsx". Does the file exist?\n  Plugin: vite:import-analysis\n  File: /home/app/project/src/App.tsx:5:1',
    [
      [
        'src/App.tsx',
        '2:01:05 PM [vite] Internal server error: Failed to resolve import "left-pad" from "src/App.tsx". Does the file exist?',
      ],
    ],
  ],
  [
    'npm',
    'install',
    'npm error code ETARGET\nnpm error notarget No matching version found for left-pad@9.9.9.\nnpm error A complete log of this run can be found in: /home/app/.npm/_logs/2026-01-02T03_04_05_678Z-debug-0.log',
    'npm error code ETARGET\nnpm error notarget No matching version found for left-pad@9.9.9.\nnpm error A complete log of this run can be found in: /home/app/.npm/_logs/2026-01-02T03_09_00_001Z-debug-0.log',
    [[null, 'No matching version found for left-pad@9.9.9.']],
  ],
  [
    'the console of a browser',
    'console',
    "Uncaught TypeError: Cannot read properties of undefined (reading 'map') at http://127.0.0.1:5173/src/List.tsx?t=1767323045123:12:20",
    "Uncaught TypeError: Cannot read properties of undefined (reading 'map') at http://127.0.0.1:5173/src/List.tsx?t=1767329999999:14:3",
    [
      [
        'src/List.tsx',
        "Uncaught TypeError: Cannot read properties of undefined (reading 'map') at http://127.0.0.1:5173/src/List.tsx?t=1767323045123:12:20",
      ],
    ],
  ],
]

for (const [tool, check, first, again, expected] of outputs) {
  test(`what ${tool} says is read, and known again at another place and time`, () => {
    assert.deepEqual(told(check, first), expected)
    assert.deepEqual(prints(check, again), prints(check, first))
  })
}

test('failures of other checks, files or words are others', () => {
  const words = "src/App.tsx(3,5): error TS2304: Cannot find name 'x'."
  const all = [
    ...prints('typecheck', words),
    ...prints('build', words),
    ...prints('typecheck', words.replace('App', 'Row')),
    ...prints('typecheck', words.replace("'x'", "'y'")),
  ]
  assert.equal(new Set(all).size, 4)
})

test('what no shape fits is one failure with its first telling line', () => {
  assert.deepEqual(told('build', 'Bundling\nSomething failed badly\nBye'), [[null, 'Something failed badly']])
  assert.deepEqual(told('page', 'The page is blank.'), [[null, 'The page is blank.']])
})

test('the same error at two lines of a file is one failure, and a flood of them has an end', () => {
  const line = (file: number, at: number) => `src/f${file}.ts(${at},1): error TS1005: ';' expected.`
  assert.equal(failuresIn('typecheck', [line(1, 1), line(1, 9)].join('\n')).length, 1)
  const flood = Array.from({ length: 5_000 }, (_, at) => line(at, at)).join('\n')
  assert.equal(failuresIn('typecheck', flood).length, 20)
})

test('numbers, paths, moments, durations and digests are left out of a message', () => {
  assert.equal(normalised('took 12.5 ms in /home/app/project/src/a.ts:4:2'), 'took <time> in <path>')
  assert.equal(normalised("Expected '12 items' at line 9, column 4"), "Expected '# items' at ,")
  assert.equal(normalised('chunk 0x7ffe12 of index-4f9a8c21d3.js'), 'chunk <hex> of index-<hex>.js')
})
