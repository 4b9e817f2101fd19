import { describe, expect, test } from 'vitest'
import { World } from '../world.ts'

const RUNC =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: '

const started = (body: Record<string, unknown>) => {
  const world = new World()
  const id = world.create('c1', body)
  const events = world.do({ type: 'ContainerStart', id })
  return { world, id, events }
}

describe('a start that fails', () => {
  test.each<[Record<string, unknown>, number, string, string]>([
    [{ Cmd: ['nosuch'] }, 127, 'InvalidParameter', `${RUNC}exec: "nosuch": executable file not found in $PATH`],
    [{ Cmd: ['/nope/x'] }, 127, 'InvalidParameter', `${RUNC}exec: "/nope/x": stat /nope/x: no such file or directory`],
    [{ Cmd: ['/etc/passwd'] }, 126, 'InvalidParameter', `${RUNC}exec: "/etc/passwd": permission denied`],
    [{ Cmd: ['/etc'] }, 126, 'InvalidParameter', `${RUNC}exec: "/etc": is a directory: permission denied`],
    [{ User: 'nosuch' }, 128, 'System', 'unable to find user nosuch: no matching entries in passwd file'],
    [{ User: '0:nosuch' }, 128, 'System', 'unable to find group nosuch: no matching entries in group file'],
    [
      { HostConfig: { Devices: [{ PathOnHost: '/dev/nosuch', PathInContainer: '/dev/x' }] } },
      128,
      'System',
      'error gathering device information while adding custom device "/dev/nosuch": no such file or directory',
    ],
  ])('%j', (body, exitCode, kind, error) => {
    const { world, id, events } = started(body)
    expect(events.at(-1)).toMatchObject({ type: 'container.start_failed', exitCode, kind, error })
    expect(world.container(id).flags).toMatchObject({ running: false, exitCode, error, startedAt: -62_135_596_800e6 })
  })

  test('with AutoRemove takes the container away', () => {
    const { world, id } = started({ Cmd: ['nosuch'], HostConfig: { AutoRemove: true } })
    expect(world.state.containers.byId.has(id)).toBe(false)
  })

  test('is forgotten by the next good one', () => {
    const { world, id } = started({ Cmd: ['nosuch'] })
    world.do({ type: 'ContainerRename', id, name: 'c2' })
    expect(world.container('c2').flags.error).not.toBe('')
    expect(world.container('c2').prepared).toBe('log')
  })
})

describe('the process', () => {
  const processOf = (body: Record<string, unknown>) => {
    const { events } = started(body)
    const start = events.find((event) => event.type === 'container.start')
    return start?.process
  }

  test('gets PATH, HOSTNAME, its own variables and HOME', () => {
    const process = processOf({ Hostname: 'web', Env: ['A=1', 'HOSTNAME'], User: 'www' })
    expect(process?.env).toEqual({
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      A: '1',
      HOME: '/var/www',
    })
    expect(process).toMatchObject({ argv: ['sh'], cwd: '/', uid: 33, gid: 33, groups: [29], tty: undefined })
  })

  test('on a terminal gets TERM and the terminal’s size', () => {
    const process = processOf({ Tty: true, OpenStdin: true, HostConfig: { ConsoleSize: [24, 80] } })
    expect(process).toMatchObject({ tty: { rows: 24, columns: 80 }, stdin: true, env: { TERM: 'xterm' } })
  })

  test('is found by the PATH of its own environment', () => {
    const { events } = started({ Env: ['PATH=/nowhere'] })
    expect(events.at(-1)).toMatchObject({ type: 'container.start_failed', exitCode: 127 })
  })
})
