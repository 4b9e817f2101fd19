import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { readPiece } from '../../../src/programs/sh/read/index.ts'
import { advance, outcome, sandbox } from '../sandbox.ts'

/** Pieces of shell, so that garbage comes near to what means something. */
const PIECES = [
  ...['if', 'then', 'else', 'fi', 'while', 'do', 'done', 'for', 'in', 'case', 'esac', 'until', '{', '}', '(', ')', '!'],
  ...[
    ';',
    ';;',
    '&',
    '&&',
    '|',
    '||',
    '\n',
    '<',
    '>',
    '>>',
    '<<E\n',
    '2>&1',
    '<&-',
    '$(',
    '$((',
    '))',
    '`',
    '"',
    "'",
    '\\',
  ],
  ...[
    '${x',
    '${x:-',
    '${x##',
    '${x/a/',
    '}',
    '$x',
    '$@',
    '"$@"',
    '$#',
    '$?',
    '$1',
    '*',
    '?',
    '[a-z]',
    '~',
    'x=1',
    'x=',
    'f()',
  ],
  ...[
    'echo',
    'true',
    'false',
    'cat',
    'read x',
    'set -e',
    'set --',
    'trap x EXIT',
    'eval',
    'exit',
    'return',
    'break',
    'local',
  ],
  ...[
    ' ',
    ' ',
    ' ',
    'a',
    'b',
    '1',
    '#',
    '[[',
    ']]',
    '[ ',
    ' ]',
    'E\n',
    'unset x',
    'shift',
    'wait',
    'exec',
    '. f',
    'alias a=b',
  ],
]
const garbage = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

/** Runs a script for a while: it has to end, or to wait for something, and no program may have failed by a fault of ours. */
function survive(script: string, way: 'command' | 'stdin'): number | undefined {
  const box = sandbox({ argv: way === 'command' ? ['sh', '-c', script] : ['sh'], stdin: way === 'stdin' })
  if (way === 'stdin') {
    box.machine.feed('main', new TextEncoder().encode(script))
    box.machine.hangup('main')
    box.machine.run(box.now)
  }
  advance(box, SECOND / 20)
  const out = box.machine.takeOutbox()
  expect(out.filter(({ type }) => type === 'notice')).toEqual([])
  return outcome(out).status
}

describe('sh with garbage', () => {
  it('never fails by a fault of its own', () => {
    fc.assert(
      fc.property(garbage, (script) => {
        survive(script, 'command')
      }),
      { numRuns: 600 },
    )
  })

  it('neither from standard input', () => {
    fc.assert(
      fc.property(garbage, (script) => {
        survive(script, 'stdin')
      }),
      { numRuns: 200 },
    )
  })

  it('reads every text to its end or to an error', () => {
    fc.assert(
      fc.property(garbage, (script) => {
        for (let text = script, at = 0; ; ) {
          const piece = readPiece(text, at)
          if (piece.type !== 'command') break
          expect(piece.pos).toBeGreaterThan(at)
          text = piece.text
          at = piece.pos
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['parentheses', '('.repeat(100_000)],
    ['substitutions', 'echo '.concat('$('.repeat(50_000))],
    ['braces', 'echo '.concat('${x:-'.repeat(50_000))],
    ['quotes', 'echo '.concat('"${x:-'.repeat(50_000))],
    ['conditions', 'if '.repeat(50_000)],
    ['arithmetic', `echo $((${'('.repeat(50_000)}1${')'.repeat(50_000)}))`],
    ['signs', `echo $((${'-'.repeat(50_000)} 1))`],
    ['tests', `[ ${'\\( '.repeat(20_000)} a ${'\\) '.repeat(20_000)} ]`],
  ])('refuses too deep %s', (_, script) => {
    expect(survive(script, 'command')).toBe(2)
  })

  it.each([
    ['an endless loop', 'while :; do :; done'],
    ['an endless recursion', 'f() { f; }; f'],
    ['an endless alias', 'alias a=a\na\n'],
    ['an endless eval', 'x="eval \\$x"; eval $x'],
    ['an endless trap', 'trap "kill -USR1 $$" USR1; kill -USR1 $$; while :; do :; done'],
    ['an endless sed', "echo | sed ':a;ba'"],
    ['an endless awk', "awk 'BEGIN { while (1) x++ }'"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is shell
    ['a growing variable', 'x=aaaaaaaaaa; while :; do x=$x$x; [ ${#x} -gt 1000000 ] && x=a; done'],
    ['a crowd', 'while :; do sleep 1 & done'],
  ])('is not held up by %s', (_, script) => {
    survive(script, 'command')
  })
})
