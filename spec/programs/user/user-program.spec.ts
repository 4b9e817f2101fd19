import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../src/core/instant.ts'
import { utf8 } from '../../../src/programs/kernel/bytes.ts'
import type { Machine } from '../../../src/programs/machine.ts'
import { programOf } from '../../../src/programs/user/program-of.ts'
import type { Stage } from '../../../src/programs/user/stages.ts'
import type { Behaviour } from '../../../src/programs/user/user-program.ts'
import { boot, feed, NOW, outputOf, runUntil, take } from '../programs.ts'

const run = (behaviour: Behaviour | readonly Stage[], argv = ['it'], stdin = false): Machine =>
  boot(argv, { programs: [programOf('/bin/it', behaviour)], stdin })

describe('a program as a generator function', () => {
  it('prints, reads lines and returns its exit code', () => {
    const machine = run(
      function* (sys) {
        yield sys.print(`hello ${sys.args.join(' ')}`)
        for (;;) {
          const line = yield* sys.readLine()
          if (line === undefined) return 4
          yield sys.print(line.toUpperCase())
        }
      },
      ['it', 'a', 'b'],
      true,
    )
    feed(machine, 'one\ntw')
    machine.run(NOW)
    feed(machine, 'o')
    machine.hangup('main')
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:hello a b\n', '1:ONE\n', '1:TWO\n', 'exit main 4'])
  })

  it('sleeps in virtual time', () => {
    const machine = run(function* (sys) {
      const before = yield* sys.now()
      yield sys.sleep('1.5s')
      yield sys.print(String((yield* sys.now()) - before))
    })
    expect(machine.nextTimer()).toBe(NOW + 1500 * MILLISECOND)
    machine.run(NOW + 1500 * MILLISECOND)
    expect(take(machine)).toEqual(['1:1500000\n', 'exit main 0'])
  })

  it('runs the handler of a trapped signal at once, then goes on where it was', () => {
    const machine = run(function* (sys) {
      yield sys.trap('USR1', function* () {
        yield sys.print('usr1')
      })
      yield sys.sleep('10s')
      yield sys.print('slept')
    })
    machine.run(NOW + 2 * SECOND)
    machine.signal('main', 10)
    machine.run(NOW + 2 * SECOND)
    expect(take(machine)).toEqual(['1:usr1\n'])
    expect(machine.nextTimer()).toBe(NOW + 10 * SECOND)
    runUntil(machine, NOW + 10 * SECOND)
    expect(take(machine)).toEqual(['1:slept\n', 'exit main 0'])
  })

  it('ignores TERM as PID 1 until it traps it', () => {
    const machine = run(function* (sys) {
      yield sys.sleep('1s')
      yield sys.trap('TERM', function* () {
        yield sys.exit(7)
      })
      yield sys.pause()
    })
    machine.signal('main', 15)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual([])
    machine.signal('main', 15)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual(['exit main 7'])
  })

  it('gets refusals thrown, and dies of those it does not catch', () => {
    const machine = run(function* (sys) {
      try {
        yield* sys.readFile('/nope')
      } catch (error) {
        yield sys.print(`caught ${(error as { code: string }).code}`)
      }
      yield sys.writeFile('/tmp/a', 'x')
      yield sys.appendFile('/tmp/a', 'y')
      yield sys.print(yield* sys.readFile('/tmp/a'))
      yield sys.readFile('/bin')
    })
    expect(take(machine)).toEqual(['1:caught ENOENT\n', '1:xy\n', '2:it: /bin: Is a directory\n', 'exit main 1'])
  })

  it('starts children and waits for them', () => {
    const machine = run(function* (sys) {
      const pid = yield* sys.spawn(['echo', 'from', 'below'])
      const { status } = yield* sys.wait(pid)
      return status + 2
    })
    expect(take(machine)).toEqual(['1:from below\n', 'exit main 2'])
  })

  it('serves connections', () => {
    const machine = run(function* (sys) {
      const listener = yield* sys.listen(80)
      for (;;) {
        const connection = yield* sys.accept(listener)
        const line = yield* sys.readLine(connection)
        yield sys.write(`you said ${line}\n`, connection)
        yield sys.close(connection)
      }
    })
    expect(machine.accept('c1', 80, { host: '172.17.0.3', port: 1 })).toBe(true)
    expect(machine.accept('c2', 81, { host: '172.17.0.3', port: 1 })).toBe(false)
    machine.deliver('c1', utf8('hi\n'))
    machine.run(NOW)
    expect(take(machine)).toEqual(['listen 80 tcp 0.0.0.0', 'send c1 you said hi\n', 'close c1'])
  })

  it('tells a fault of the program in the journal and on standard error', () => {
    const machine = run(function* (sys) {
      yield sys.now()
      throw new Error('oops')
    })
    const outs = machine.takeOutbox()
    expect(outputOf(outs)).toBe('it: Error: oops\n')
    expect(outs.some((out) => out.type === 'notice' && out.text.includes('Error: oops'))).toBe(true)
    expect(outs.at(-1)).toEqual({ type: 'exit', id: 'main', code: 1 })
  })

  it('goes on alike in a fork, wherever that is made', () => {
    const chatter: Behaviour = function* (sys) {
      yield sys.trap('USR1', function* () {
        yield sys.print('usr1')
        yield sys.sleep('300ms')
        yield sys.print('done')
      })
      for (let turn = 0; turn < 5; turn++) {
        yield sys.print(`turn ${turn} ${yield* sys.random()}`)
        yield sys.sleep('1s')
      }
      return 5
    }
    const script = [
      (machine: Machine) => machine.run(NOW + SECOND),
      (machine: Machine) => machine.signal('main', 10),
      (machine: Machine) => machine.run(NOW + SECOND),
      (machine: Machine) => machine.run(NOW + 1100 * MILLISECOND),
      (machine: Machine) => runUntil(machine, NOW + 3 * SECOND),
      (machine: Machine) => runUntil(machine, NOW + 9 * SECOND),
    ]
    const whole = run(chatter)
    for (const act of script) act(whole)
    const expected = take(whole)
    for (let at = 0; at <= script.length; at++) {
      const parent = run(chatter)
      for (const act of script.slice(0, at)) act(parent)
      const fork = parent.clone()
      for (const act of script.slice(at)) act(fork)
      expect(take(fork)).toEqual(expected)
      for (const act of script.slice(at)) act(parent)
      expect(take(parent)).toEqual(expected)
    }
  })
})

describe('a program as stages', () => {
  it('prints, waits, listens and obeys', () => {
    const machine = run([
      { print: 'starting' },
      { after: '200ms', print: 'ready', listen: 8080, http: { 'GET /health': 'ok' } },
      { on: 'TERM', print: 'bye', exit: 0 },
    ])
    expect(take(machine)).toEqual(['1:starting\n'])
    machine.run(NOW + 200 * MILLISECOND)
    expect(take(machine)).toEqual(['1:ready\n', 'listen 8080 tcp 0.0.0.0'])
    machine.accept('c', 8080, { host: '172.17.0.1', port: 5 })
    machine.deliver('c', utf8('GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /no HTTP/1.1\r\n\r\n'))
    machine.run(NOW + 200 * MILLISECOND)
    expect(take(machine)).toEqual([
      'send c HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nok' +
        'HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nnot found\n',
    ])
    machine.signal('main', 15)
    machine.run(NOW + 200 * MILLISECOND)
    expect(take(machine)).toEqual(['1:bye\n', 'unlisten 8080 tcp 0.0.0.0', 'close c', 'exit main 0'])
  })

  it('ends with its last stage when no port is open', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.array(fc.string({ size: 'small' })), (code, lines) => {
        const machine = run([...lines.map((print) => ({ print })), { exit: code }])
        const outs = machine.takeOutbox()
        expect(outputOf(outs)).toBe(lines.map((line) => `${line}\n`).join(''))
        expect(outs.at(-1)).toEqual({ type: 'exit', id: 'main', code })
      }),
      { numRuns: 30 },
    )
  })
})
