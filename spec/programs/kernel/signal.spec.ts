import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { Catalog } from '../../../src/programs/catalog.ts'
import { idle } from '../../../src/programs/idle.ts'
import { exit, PAUSE, type Program } from '../../../src/programs/kernel/program.ts'
import { defaultAction, signalName, signalNumber } from '../../../src/programs/kernel/signals.ts'
import { boot, exitsOf, NOW, PROGRAMS, spawn, take } from '../programs.ts'

const ALL = Array.from({ length: 31 }, (_, at) => at + 1)

describe('signals from outside', () => {
  it.each(ALL)('%i to a PID 1 without handlers: only KILL and STOP do anything', (signal) => {
    const machine = boot(['wait'])
    machine.signal('main', signal)
    machine.run(NOW)
    expect(exitsOf(machine.takeOutbox())).toEqual(signal === 9 ? { main: 137 } : {})
    expect(machine.processes().map(({ stopped }) => stopped)).toEqual(signal === 9 ? [] : [signal === 19])
  })

  it.each(ALL)('%i to the first process of an exec does what it does by default', (signal) => {
    const machine = boot(['wait'])
    const pid = spawn(machine, ['wait'], { id: 'e' })
    machine.run(NOW)
    machine.signal(pid, signal)
    machine.run(NOW)
    const ends = defaultAction(signal) === 'terminate'
    expect(exitsOf(machine.takeOutbox())).toEqual(ends ? { e: 128 + signal } : {})
  })

  it.each(ALL.filter((signal) => ![9, 19].includes(signal)))('%i reaches a PID 1 that handles it', (signal) => {
    const machine = boot(['trap'])
    machine.signal('main', signal)
    machine.run(NOW)
    expect(take(machine)).toEqual([`1:signal ${signal}\n`, ...(signal === 15 ? ['exit main 3'] : [])])
  })

  it.each([
    [15, 143],
    [2, 130],
    [9, 137],
    [1, 129],
  ])('%i ends an idle program as PID 1 with %i', (signal, code) => {
    const machine = boot(['elf'], { programs: [{ ...idle, name: 'elf' }] })
    expect(take(machine)).toEqual([expect.stringContaining('/bin/elf is not in the catalog')])
    machine.signal('main', signal)
    machine.run(NOW)
    expect(take(machine)).toEqual([`exit main ${code}`])
  })

  it('wait for a paused machine to go on, except KILL', () => {
    const machine = boot(['trap'])
    machine.freeze(true)
    machine.signal('main', 10)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual([])
    machine.freeze(false)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual(['1:signal 10\n'])
    machine.freeze(true)
    machine.signal('main', 9)
    expect(take(machine)).toEqual(['exit main 137'])
  })

  it('stop and continue', () => {
    const machine = boot(['ticker'])
    machine.takeOutbox()
    machine.signal('main', 19)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual([])
    machine.signal('main', 18)
    machine.run(NOW + SECOND)
    expect(take(machine)).toEqual(['1:tick 1\n'])
  })

  it('say whether there was anybody to get them', () => {
    const machine = boot(['echo'])
    expect(machine.signal('main', 15)).toBe(false)
    expect(machine.signal(7, 15)).toBe(false)
  })
})

describe('signals from inside', () => {
  const killer = (signal: number, target: number): Program<null> => ({
    name: 'killer',
    init: () => null,
    step(kernel, process) {
      kernel.signal(kernel.processes.get(target < 0 ? process.pid : target)!, signal)
      return process.dead ? PAUSE : exit(0)
    },
  })

  it('do not end PID 1, not even KILL', () => {
    const machine = boot(['wait'], { programs: [killer(9, 1)] })
    spawn(machine, ['killer'], { id: 'e' })
    machine.run(NOW)
    expect(take(machine)).toEqual(['exit e 0'])
  })

  it('end others', () => {
    const machine = boot(['wait'], { programs: [killer(15, -1)] })
    spawn(machine, ['killer'], { id: 'e' })
    machine.run(NOW)
    expect(take(machine)).toEqual(['exit e 143'])
  })

  it('tell the parent of an end', () => {
    const parent: Program<{ child: number }> = {
      name: 'parent',
      init: () => ({ child: 0 }),
      step(kernel, process, frame) {
        if (frame.child === 0) frame.child = kernel.spawn(killer(15, -1), ['child'], process).pid
        const ended = kernel.reap(process, frame.child)
        if (!ended) return { type: 'child', pid: frame.child }
        kernel.puts(process, 1, `${ended.status} ${ended.signal}`)
        return exit(0)
      },
    }
    expect(take(boot(['parent'], { catalog: new Catalog([...PROGRAMS, parent]), programs: [parent] }))).toEqual([
      '1:143 15',
      'exit main 0',
    ])
  })
})

describe('names of signals', () => {
  it.each([
    ['TERM', 15],
    ['SIGTERM', 15],
    ['sigKill', 9],
    ['15', 15],
    ['99', 99],
    ['NOPE', undefined],
  ])('%s', (text, number) => {
    expect(signalNumber(text)).toBe(number)
  })

  it('go both ways', () => {
    for (const signal of ALL) expect(signalNumber(signalName(signal)!)).toBe(signal)
  })
})
