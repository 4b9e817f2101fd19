import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../src/core/instant.ts'
import { boot, exitsOf, feed, NOW, outputOf, runUntil, spawn, take } from './programs.ts'

describe('a machine', () => {
  it('runs PID 1 to its end and says what went out, in order', () => {
    expect(take(boot(['echo', 'hello']))).toEqual(['1:hello\n', 'exit main 0'])
  })

  it('lets a line out at each second of virtual time', () => {
    const machine = boot(['ticker'])
    expect(take(machine)).toEqual(['1:tick 0\n'])
    expect(machine.nextTimer()).toBe(NOW + SECOND)
    runUntil(machine, NOW + 2 * SECOND)
    expect(take(machine)).toEqual(['1:tick 1\n', '1:tick 2\n'])
  })

  it('feeds standard input and ends it', () => {
    const machine = boot(['cat'], { stdin: true })
    feed(machine, 'one\n')
    machine.run(NOW)
    expect(take(machine)).toEqual(['1:one\n'])
    machine.hangup('main')
    machine.run(NOW)
    expect(take(machine)).toEqual(['exit main 0'])
  })

  it('returns from an endless loop, and virtual time passes for it', () => {
    const machine = boot(['spin'])
    expect(machine.nextTimer()).toBe(NOW + 10 * MILLISECOND)
    runUntil(machine, NOW + 10 * SECOND)
    expect(machine.busy).toBe(true)
    expect(machine.processes()[0]!.cpu).toBeLessThan(2 * SECOND)
    machine.signal('main', 9)
    expect(take(machine)).toEqual(['exit main 137'])
    expect(machine.nextTimer()).toBeUndefined()
  })

  it('makes no output while it is paused', () => {
    const machine = boot(['ticker'])
    machine.takeOutbox()
    machine.freeze(true)
    expect(machine.nextTimer()).toBeUndefined()
    machine.run(NOW + 5 * SECOND)
    expect(take(machine)).toEqual([])
    machine.freeze(false)
    machine.run(NOW + 5 * SECOND)
    expect(outputOf(machine.takeOutbox())).toBe('tick 1\ntick 2\ntick 3\ntick 4\ntick 5\n')
  })

  it('ends everything with PID 1', () => {
    const machine = boot(['wait'])
    expect(spawn(machine, ['wait'], { id: 'e1' })).toBe(2)
    machine.run(NOW)
    machine.signal('main', 9)
    expect(exitsOf(machine.takeOutbox())).toEqual({ e1: 137, main: 137 })
    expect(machine.processes()).toEqual([])
  })

  it('bounds a fork bomb', () => {
    const machine = boot(['bomb'], { limits: { pids: 50 } })
    expect(machine.usage().pids).toBeLessThanOrEqual(50)
    expect(outputOf(machine.takeOutbox())).toContain('bomb: Resource temporarily unavailable')
  })

  it('forks while it runs, and neither side sees the other', () => {
    const machine = boot(['ticker'])
    machine.takeOutbox()
    const fork = machine.clone()
    fork.signal('main', 9)
    runUntil(machine, NOW + SECOND)
    expect(take(machine)).toEqual(['1:tick 1\n'])
    expect(take(fork)).toEqual(['exit main 137'])
  })
})
