import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { attached } from '../../../src/engine/exec/attached.ts'
import { findExec } from '../../../src/engine/exec/find.ts'
import { whenStarted } from '../../../src/engine/exec/resize.ts'
import { execConfig } from '../../../src/engine/exec/wire/exec-config.ts'
import { inspect } from '../../../src/engine/exec/wire/inspect.ts'
import { decode } from '../../../src/http/go-json.ts'
import { reading, typing } from '../reading.ts'
import { World } from '../world.ts'

const command = (body: Readonly<Record<string, unknown>>, id = 'box') =>
  ({ type: 'ContainerExec', id, config: decode(execConfig, body) }) as const

/** A running container, and an exec instance in it. */
function exec(body: Readonly<Record<string, unknown>> = {}, world = new World()) {
  if (!world.state.containers.names.has('box')) world.run('box')
  const [created] = world.do(command({ Cmd: ['sh', '-c', 'x'], AttachStdout: true, AttachStderr: true, ...body }))
  const id = created?.type === 'container.exec_create' ? created.exec.id : ''
  const start = (detach = false) => world.do({ type: 'ExecStart', id, detach, size: undefined })
  const now = () => world.state.execs.byId.get(id)!
  return { world, id, start, now }
}

describe('create', () => {
  test.each([
    [{}, 'InvalidParameter No exec command specified'],
    [{ Cmd: ['sh'], DetachKeys: 'zzz' }, 'System Invalid escape keys (zzz) provided'],
    [
      { Cmd: ['sh'], User: 'nosuch' },
      'InvalidParameter unable to find user nosuch: no matching entries in passwd file',
    ],
    [
      { Cmd: ['sh'], User: 'www:nosuch' },
      'InvalidParameter unable to find group nosuch: no matching entries in group file',
    ],
    [{ Cmd: ['sh'], User: '4294967295' }, 'InvalidParameter uids and gids must be in range 0-2147483647'],
  ])('%j', (body, refusal) => {
    const world = new World()
    world.run('box')
    expect(world.try(command(body))).toBe(refusal)
  })

  test('in a container that cannot run it', () => {
    const world = new World()
    const id = world.create('box')
    expect(world.try(command({ Cmd: ['sh'] }))).toBe(`Conflict container ${id} is not running`)
    world.do({ type: 'ContainerStart', id })
    world.do({ type: 'ContainerPause', id })
    expect(world.try(command({ Cmd: ['sh'] }))).toBe(
      'Conflict Container box is paused, unpause the container before exec',
    )
    expect(world.try(command({ Cmd: ['sh'] }, 'nosuch'))).toBe('NotFound No such container: nosuch')
  })
})

describe('the process', () => {
  const processOf = (body: Readonly<Record<string, unknown>>, container: Readonly<Record<string, unknown>> = {}) => {
    const world = new World()
    world.run('box', container)
    const { start } = exec(body, world)
    return start().flatMap((event) => (event.type === 'container.exec_up' ? [event.process] : []))[0]!
  }

  test('has the environment of the container, with more, and the home of its user', () => {
    const { env, uid, gid, groups } = processOf(
      { User: 'www', Env: ['B=2', 'A=3', 'GONE'] },
      { Env: ['A=1', 'GONE=1'], Hostname: 'web' },
    )
    expect(env).toEqual({
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOSTNAME: 'web',
      A: '3',
      B: '2',
      HOME: '/var/www',
    })
    expect([uid, gid, groups]).toEqual([33, 33, [29]])
  })

  test('is in the directory and of the user of the container, unless it says otherwise', () => {
    expect(processOf({}, { WorkingDir: '/tmp', User: '33' })).toMatchObject({ cwd: '/tmp', uid: 33 })
    expect(processOf({ WorkingDir: '/etc', User: '0' }, { User: '33' })).toMatchObject({ cwd: '/etc', uid: 0 })
  })

  test('has a terminal of the size that was asked for, or set before its start', () => {
    expect(processOf({ Tty: true, ConsoleSize: [33, 99] }).tty).toEqual({ rows: 33, columns: 99 })
    const { world, id, start } = exec({ Tty: true })
    world.do({ type: 'ExecResize', id, rows: 5, columns: 7 })
    const up = start().find((event) => event.type === 'container.exec_up')
    expect(up?.process.tty).toEqual({ rows: 5, columns: 7 })
  })
})

describe('start', () => {
  test('tells its output until it ends; then it can be inspected, but not started again', () => {
    const { world, id, start, now } = exec()
    start()
    const output = reading(world, attached(now(), true).follow)
    world.do({ type: 'ExecOutput', id, stream: 2, bytes: new TextEncoder().encode('e') })
    expect(output.frames).toEqual([[2, 'e']])
    expect(world.try({ type: 'ExecStart', id, detach: true, size: undefined })).toBe(
      `Conflict exec command ${id} is already running`,
    )
    world.do({ type: 'ExecExit', id, exitCode: 3 })
    expect(output.ended).toBe(true)
    expect(inspect(now())).toMatchObject({ Running: false, ExitCode: 3, DetachKeys: '' })
    expect(world.try({ type: 'ExecStart', id, detach: true, size: undefined })).toBe(
      `Conflict exec command ${id} has already run`,
    )
  })

  test.each([
    [['nosuch'], 127, 'exec: "nosuch": executable file not found in $PATH'],
    [['/etc/passwd'], 126, 'exec: "/etc/passwd": permission denied'],
  ])('of %j fails with %i', (Cmd, exitCode, words) => {
    const { start, now, world } = exec({ Cmd })
    expect(start()).toContainEqual(
      expect.objectContaining({
        type: 'container.exec_failed',
        message: `OCI runtime exec failed: exec failed: unable to start container process: ${words}`,
      }),
    )
    expect(inspect(now())).toMatchObject({ Running: false, ExitCode: exitCode, Pid: 0 })
    expect(world.container('box').execs).toEqual([])
  })

  test('in a directory that is not there', () => {
    expect(exec({ WorkingDir: '/nope' }).start()).toContainEqual(
      expect.objectContaining({
        exitCode: 127,
        message: expect.stringContaining('chdir to cwd ("/nope") set in config.json failed: no such file or directory'),
      }),
    )
  })

  test('input ends with the client on a pipe, and the connection with its detach keys on a terminal', () => {
    const { world, start, now } = exec({ AttachStdin: true })
    start()
    const type = typing(world, attached(now(), true))
    expect([type('x'), type(undefined)]).toEqual([false, false])
    expect(world.log.filter((event) => event.type === 'container.exec_input')).toHaveLength(2)
    const other = exec({ AttachStdin: true, Tty: true }, world)
    other.start()
    expect(typing(world, attached(other.now(), false))('\u0010\u0011')).toBe(true)
    expect(world.log.at(-1)!.type).toBe('container.exec_detach')
  })
})

test('resize waits ten seconds for the start', () => {
  const { world, id, start } = exec({ Tty: true })
  const patient = reading(world, whenStarted(id, world.now, '1.51'))
  const late = reading(world, whenStarted(id, world.now, '1.51'))
  world.pass(9 * SECOND)
  expect(patient.answer).toBeUndefined()
  world.pass(SECOND)
  expect(late.answer).toEqual({ status: 500, json: { message: 'timeout waiting for exec session ready' } })
  const quick = reading(world, whenStarted(id, world.now, '1.51'))
  start()
  expect(quick.answer?.status).toBe(200)
})

test('an instance goes with the run of its container; who saw it end can still ask for the exit code', () => {
  const { world, id, start } = exec()
  start()
  expect(world.container('box').execs).toEqual([id])
  world.exit('box', 0)
  expect(world.container('box').execs).toEqual([])
  expect(findExec(world.state, id)).toMatchObject({ running: false, exitCode: 137 })
  expect(world.try({ type: 'ExecStart', id, detach: true, size: undefined })).toBe(
    `NotFound No such exec instance: ${id}`,
  )
  world.pass(SECOND)
  expect(() => findExec(world.state, id)).toThrow(`No such exec instance: ${id}`)
  world.do({ type: 'ContainerStart', id: 'box' })
  expect(world.state.execs.byId.size).toBe(0)
})

test('an instance that never ran, or is over, goes at once', () => {
  const { world, id } = exec()
  world.exit('box', 0)
  expect(() => findExec(world.state, id)).toThrow(`No such exec instance: ${id}`)
})
