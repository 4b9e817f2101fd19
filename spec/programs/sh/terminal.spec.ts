import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { decode, encode } from '../../../src/programs/text/codec.ts'
import { advance, type Sandbox, sandbox } from '../sandbox.ts'

const open = (): Sandbox => sandbox({ argv: ['sh'], tty: true, cwd: '/' })
const shown = ({ machine }: Sandbox) =>
  machine
    .takeOutbox()
    .map((out) => (out.type === 'output' ? decode(out.bytes) : out.type === 'exit' ? `<exit ${out.code}>` : ''))
    .join('')

/** What the terminal shows after something was typed. */
function type(box: Sandbox, keys: string, microseconds = 1000): string {
  box.machine.feed('main', encode(keys))
  box.machine.run(box.now)
  advance(box, microseconds)
  return shown(box)
}

describe('sh on a terminal', () => {
  it('prompts, runs what is typed, and ends with exit', () => {
    const box = open()
    expect(shown(box)).toBe('/ # ')
    expect(type(box, 'echo hi\r')).toBe('echo hi\r\nhi\r\n/ # ')
    expect(type(box, 'cd /tmp\r')).toBe('cd /tmp\r\n/tmp # ')
    expect(type(box, 'exit 3\r')).toBe('exit 3\r\n<exit 3>')
  })

  it('asks for the rest of a command', () => {
    const box = open()
    shown(box)
    expect(type(box, 'echo "a\r')).toBe('echo "a\r\n> ')
    expect(type(box, 'b"\r')).toBe('b"\r\na\r\nb\r\n/ # ')
    expect(type(box, 'if true\r')).toBe('if true\r\n> ')
    expect(type(box, 'then echo y; fi\r')).toBe('then echo y; fi\r\ny\r\n/ # ')
  })

  it('survives errors', () => {
    const box = open()
    shown(box)
    expect(type(box, 'fi\r')).toBe('fi\r\nsh: syntax error: unexpected "fi"\r\n/ # ')
    expect(type(box, 'set -q\r')).toBe('set -q\r\nsh: set: illegal option -q\r\n/ # ')
  })

  it('^C drops the line, or the job in the foreground', () => {
    const box = open()
    shown(box)
    expect(type(box, 'abc\x03')).toBe('abc^C\r\n/ # ')
    expect(type(box, 'sleep 50\r')).toBe('sleep 50\r\n')
    expect(type(box, '\x03')).toBe('^C\r\n/ # ')
    expect(type(box, 'echo $?\r')).toBe('echo $?\r\n130\r\n/ # ')
  })

  it('^D ends it at the prompt and ends the input of a program', () => {
    const box = open()
    shown(box)
    expect(type(box, 'cat\r')).toBe('cat\r\n')
    expect(type(box, 'line\r')).toBe('line\r\nline\r\n')
    expect(type(box, '\x04')).toBe('/ # ')
    expect(type(box, '\x04')).toBe('\r\n<exit 0>')
  })

  it('stops jobs and lets them go on', () => {
    const box = open()
    shown(box)
    type(box, 'sleep 9\r')
    expect(type(box, '\x1a')).toBe('^Z\r\n[1]+  Stopped                    sleep 9\r\n/ # ')
    expect(type(box, 'bg\r')).toBe('bg\r\n[1] sleep 9\r\n/ # ')
    expect(type(box, 'fg\r')).toBe('fg\r\nsleep 9\r\n')
    expect(type(box, '', 10 * SECOND)).toBe('/ # ')
  })

  it('tells of background jobs before the next prompt', () => {
    const box = open()
    shown(box)
    type(box, 'sleep 5 &\r')
    advance(box, 6 * SECOND)
    expect(type(box, '\r')).toBe('\r\n[1]+  Done                       sleep 5\r\n/ # ')
  })
})
