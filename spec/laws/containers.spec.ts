import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Stamped } from '../../src/core/decider.ts'
import { env } from '../../src/core/env.ts'
import { MILLISECOND } from '../../src/core/instant.ts'
import { Problem } from '../../src/core/problem.ts'
import { newestFirst } from '../../src/engine/containers/newest-first.ts'
import { inspect } from '../../src/engine/containers/wire/inspect.ts'
import { summary } from '../../src/engine/containers/wire/summary.ts'
import { inspectBytes, listBytes } from '../../src/engine/containers/wire/written.ts'
import { type EngineCommand, type EngineEvent, type EngineState, engineDecider } from '../../src/engine/index.ts'
import { jsonBody } from '../../src/http/json-lines.ts'
import { createCommand, World } from '../engine/world.ts'

/** What a caller, a clock or a program may do to a few containers, by number. */
type Act =
  | { readonly do: 'create'; readonly name: string; readonly body: Record<string, unknown> }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'exit'; readonly name: string; readonly code: number }
  | { readonly do: 'command'; readonly command: EngineCommand }

const name = fc.constantFrom('c1', 'c2', 'c3')
const flag = fc.boolean()
const timeout = fc.constantFrom(undefined, -1, 0, 1, 5)
const body = fc.record(
  {
    Cmd: fc.constantFrom(['sh'], ['nosuch'], ['/etc']),
    WorkingDir: fc.constantFrom('', '/', '/a/b'),
    StopSignal: fc.constantFrom('', 'INT', 'KILL'),
    HostConfig: fc.oneof(
      fc.record({ AutoRemove: flag }),
      fc.record({
        RestartPolicy: fc.record({ Name: fc.constantFrom('', 'no', 'always', 'on-failure', 'unless-stopped') }),
      }),
    ),
  },
  { requiredKeys: [] },
)
const command = fc.oneof(
  name.map((id): EngineCommand => ({ type: 'ContainerStart', id })),
  fc.tuple(name, timeout).map(([id, timeout]): EngineCommand => ({ type: 'ContainerStop', id, signal: '', timeout })),
  fc
    .tuple(name, timeout)
    .map(([id, timeout]): EngineCommand => ({ type: 'ContainerRestart', id, signal: '', timeout })),
  fc
    .tuple(name, fc.constantFrom('', 'TERM', 'HUP', '9'))
    .map(([id, signal]): EngineCommand => ({ type: 'ContainerKill', id, signal })),
  name.map((id): EngineCommand => ({ type: 'ContainerPause', id })),
  name.map((id): EngineCommand => ({ type: 'ContainerUnpause', id })),
  fc.tuple(name, name).map(([id, to]): EngineCommand => ({ type: 'ContainerRename', id, name: to })),
  fc
    .tuple(name, flag, flag)
    .map(([id, force, volumes]): EngineCommand => ({ type: 'ContainerDelete', id, force, volumes, link: false })),
  fc.constant<EngineCommand>({ type: 'ContainerPrune', filters: new Map() }),
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), name, body }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat({ max: 70_000 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('exit' as const), name, code: fc.nat({ max: 255 }) }) },
  { weight: 12, arbitrary: command.map((command) => ({ do: 'command' as const, command })) },
)
const life = fc.array(act, { maxLength: 40, size: 'max' })

function perform(world: World, act: Act): void {
  if (act.do === 'pass') return world.pass(act.ms * MILLISECOND)
  world.try(commandOf(world, act))
}

function commandOf(world: World, act: Exclude<Act, { do: 'pass' }>): EngineCommand {
  if (act.do === 'create') return createCommand(act.name, act.body)
  if (act.do === 'command') return act.command
  return { type: 'ContainerExit', id: world.state.containers.names.get(act.name) ?? '', exitCode: act.code }
}

/** A state as comparable data: persistent tables are looked at through their entries. */
const seen = ({ containers, timers }: EngineState) => ({
  containers: containers.byId.entries(),
  names: containers.names.entries(),
  roots: containers.roots.entries(),
  logs: containers.logs.keys(),
  timers: timers.byTime.entries(),
})

test('flags, names, timers and file systems agree with each other', () => {
  fc.assert(
    fc.property(life, (acts) => {
      const world = new World()
      for (const act of acts) {
        perform(world, act)
        lawful(world.state)
      }
    }),
  )
})

function lawful({ containers, timers }: EngineState): void {
  expect(containers.names.entries().map(([name, id]) => [id, name])).toEqual(
    containers.names
      .keys()
      .map((name) => [containers.names.get(name), containers.byId.get(containers.names.get(name)!)?.name]),
  )
  expect(containers.names.size).toBe(containers.byId.size)
  for (const id of containers.roots.keys()) expect(containers.byId.has(id)).toBe(true)
  for (const { id, flags, pending } of containers.byId.values()) {
    if (flags.paused) expect(flags.running).toBe(true)
    if (flags.restarting) expect(flags.running && !flags.paused).toBe(true)
    expect(flags.pid > 0).toBe(flags.running && !flags.restarting)
    expect(timers.byKey.has(`restart:${id}`)).toBe(flags.restarting)
    if (timers.byKey.has(`stop:${id}`)) expect(flags.pid).toBeGreaterThan(0)
    if (pending.length > 0) expect(flags.pid).toBeGreaterThan(0)
    expect(flags.removing).toBe(pending.some(({ verb }) => verb === 'destroy'))
  }
  for (const key of timers.byKey.keys()) expect(containers.byId.has(key.slice(key.indexOf(':') + 1))).toBe(true)
}

test('the state is the fold of the journal', () => {
  fc.assert(
    fc.property(life, (acts) => {
      const world = new World()
      const begin = world.state
      const journal: Stamped<EngineEvent>[] = []
      world.store.listen((event) => journal.push(event))
      for (const act of acts) perform(world, act)
      expect(seen(journal.reduce(engineDecider.evolve, begin))).toEqual(seen(world.state))
    }),
  )
})

test('deciding twice gives the same, and changes nothing', () => {
  const decide = (world: World, command: EngineCommand) => {
    try {
      return engineDecider.decide(world.state, command, env('spec', world.store.position, world.now))
    } catch (problem) {
      if (problem instanceof Problem) return problem
      throw problem
    }
  }
  fc.assert(
    fc.property(life, (acts) => {
      const world = new World()
      for (const act of acts) {
        if (act.do !== 'pass') {
          const before = seen(world.state)
          const command = commandOf(world, act)
          expect(decide(world, command)).toEqual(decide(world, command))
          expect(seen(world.state)).toEqual(before)
        }
        perform(world, act)
      }
    }),
    { numRuns: 40 },
  )
})

test('what happens after a fork is never seen before it', () => {
  fc.assert(
    fc.property(life, life, (before, after) => {
      const world = new World()
      for (const act of before) perform(world, act)
      const parent = world.state
      const known = seen(parent)
      for (const act of after) perform(world, act)
      expect(seen(parent)).toEqual(known)
    }),
    { numRuns: 40 },
  )
})

test('what is kept as text is what would be written now', () => {
  fc.assert(
    fc.property(life, (acts) => {
      const world = new World()
      for (const act of acts) {
        perform(world, act)
        const containers = newestFirst(world.state)
        const summaries = containers.map((container) => summary(world.state, container, false))
        expect(text(listBytes(world.state, containers))).toBe(text(jsonBody(summaries)))
        for (const container of containers)
          expect(text(inspectBytes(world.state, container))).toBe(
            text(jsonBody(inspect(world.state, container, false))),
          )
      }
    }),
    { numRuns: 30 },
  )
})

const decoder = new TextDecoder()
const text = (bytes: Uint8Array) => decoder.decode(bytes)
