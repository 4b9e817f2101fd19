import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/programs/kernel/bytes.ts'
import { RAW, receive, tty } from '../../../src/programs/kernel/tty.ts'
import { boot, feed, NOW, take, trap, wait } from '../programs.ts'

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

function type(keys: string, settings = {}) {
  const terminal = tty('main', 0, 80, 24)
  Object.assign(terminal.settings, settings)
  const { echo, signals } = receive(terminal, utf8(keys))
  return { shown: latin1(echo), read: terminal.queue.map(latin1), signals }
}

describe('the line discipline', () => {
  it.each([
    ['a line', 'ab\r', { shown: 'ab\r\n', read: ['ab\n'], signals: [] }],
    ['no line so far', 'ab', { shown: 'ab', read: [], signals: [] }],
    ['^D after text', 'ab\x04', { shown: 'ab', read: ['ab'], signals: [] }],
    ['^D alone is the end', '\x04', { shown: '', read: [''], signals: [] }],
    ['backspace', 'ab\x7fc\r', { shown: 'ab\b \bc\r\n', read: ['ac\n'], signals: [] }],
    ['backspace at the beginning', '\x7f\x08a\r', { shown: 'a\r\n', read: ['a\n'], signals: [] }],
    ['^U', 'abc\x15d\r', { shown: `abc${'\b \b'.repeat(3)}d\r\n`, read: ['d\n'], signals: [] }],
    ['^W', 'ab cd \x17x\r', { shown: `ab cd ${'\b \b'.repeat(3)}x\r\n`, read: ['ab x\n'], signals: [] }],
    ['^C drops the line', 'ab\x03c\r', { shown: 'ab^Cc\r\n', read: ['c\n'], signals: [2] }],
    ['^\\', '\x1c', { shown: '^\\', read: [], signals: [3] }],
    ['^Z', '\x1a', { shown: '^Z', read: [], signals: [20] }],
    ['a control character shows with a caret', '\x01\r', { shown: '^A\r\n', read: ['\x01\n'], signals: [] }],
    ['a character of two bytes goes as one', 'é\x7f\r', { shown: 'Ã©\b \b\r\n', read: ['\n'], signals: [] }],
  ])('%s', (_name, keys, expected) => {
    expect(type(keys)).toEqual(expected)
  })

  it('raw gives every byte at once and shows nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const terminal = tty('main', 0, 80, 24)
        Object.assign(terminal.settings, RAW)
        const { echo, signals } = receive(terminal, bytes)
        expect(echo.length).toBe(0)
        expect(signals).toEqual([])
        expect(terminal.queue.flatMap((part) => [...part])).toEqual([...bytes])
      }),
    )
  })

  it('hands out what was typed between two ends of line, whatever is typed in which pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z ]*$/)), fc.nat(5), (lines, size) => {
        const keys = lines.map((line) => `${line}\r`).join('')
        const terminal = tty('main', 0, 80, 24)
        for (let at = 0; at < keys.length; at += size + 1) receive(terminal, utf8(keys.slice(at, at + size + 1)))
        expect(terminal.queue.map(latin1)).toEqual(lines.map((line) => `${line}\n`))
        expect(terminal.size).toBe(terminal.queue.reduce((sum, part) => sum + part.length, 0))
      }),
    )
  })
})

describe('a process on a terminal', () => {
  const terminal = { tty: { cols: 80, rows: 24 }, stdin: true }

  it('echoes, reads lines and ends at ^D', () => {
    const machine = boot(['cat'], terminal)
    feed(machine, 'hi\r')
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:hi\r\n', '1:hi\r\n'])
    feed(machine, '\x04')
    machine.run(NOW)
    expect(take(machine)).toEqual(['exit main 0'])
  })

  it('writes everything to stream 1, with carriage returns', () => {
    expect(take(boot(['echo', 'x'], terminal))).toEqual(['1:x\r\n', 'exit main 0'])
  })

  it('gets the signals of the keys, and of a new size', () => {
    const machine = boot(['trap'], terminal)
    feed(machine, '\x03')
    machine.resize('main', 100, 30)
    machine.resize('main', 100, 30)
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:^C', '1:signal 2\r\n', '1:signal 28\r\n'])
    expect(machine.processes()).toMatchObject([{ tty: 'pts/0', argv: [trap.name] }])
  })

  it('does not echo while the machine is paused, but afterwards', () => {
    const machine = boot(['cat'], terminal)
    machine.freeze(true)
    feed(machine, 'a\r')
    machine.run(NOW)
    expect(take(machine)).toEqual([])
    machine.freeze(false)
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:a\r\n', '1:a\r\n'])
  })

  it('as PID 1 without handlers takes no notice of ^C', () => {
    const machine = boot(['wait'], terminal)
    feed(machine, '\x03')
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:^C'])
    expect(machine.processes()).toMatchObject([{ argv: [wait.name] }])
  })
})
