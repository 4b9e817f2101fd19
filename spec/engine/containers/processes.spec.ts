import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { Problem } from '../../../src/core/problem.ts'
import { type HostProcess, ps } from '../../../src/engine/containers/ps.ts'
import { statsStream } from '../../../src/engine/containers/stats.ts'
import { asking } from '../asking.ts'
import { reading } from '../reading.ts'
import { START, World } from '../world.ts'

const process: HostProcess = {
  pid: 4711,
  ppid: 4700,
  uid: 33,
  tty: 'pts/0',
  start: START,
  cpu: 65 * SECOND,
  argv: ['/bin/sh', '-c', 'sleep 1'],
  stopped: false,
  memory: 2 ** 33,
  now: START + 3700 * SECOND,
}

describe('ps', () => {
  test.each([
    [
      '',
      'UID PID PPID C STIME TTY TIME CMD',
      ['33', '4711', '4700', '1', '00:00', 'pts/0', '00:01:05', '/bin/sh -c sleep 1'],
    ],
    [
      'aux',
      'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND',
      ['33', '4711', '1.8', '0.0', '2268', '1444', 'pts/0', 'Ss', '00:00', '1:05', '/bin/sh -c sleep 1'],
    ],
    ['-o pid,comm', 'PID COMMAND', ['4711', 'sh']],
    ['-eo pid,etime,cmd=What', 'PID ELAPSED What', ['4711', '01:01:40', '/bin/sh -c sleep 1']],
    ['-e', 'PID TTY TIME CMD', ['4711', 'pts/0', '00:01:05', 'sh']],
  ])('%s', (args, titles, row) => {
    expect(ps(args, [process])).toEqual({ Titles: titles.split(' '), Processes: [row] })
  })

  test.each([
    ['-zz', 'ps: error: unsupported SysV option'],
    ['-o comm', "Couldn't find PID field in ps output"],
  ])('%s is refused', (args, message) => {
    expect(() => ps(args, [])).toThrow(expect.objectContaining({ message }))
    expect(() => ps(args, [])).toThrow(Problem)
  })
})

test('top tells what runs, and what runs in it besides', async () => {
  const { ask, run } = asking()
  await run('box')
  const { json } = await ask('POST', '/containers/box/exec', { Cmd: ['sleep', '9'] })
  await ask('POST', `/exec/${json.Id}/start`, { Detach: true })
  const top = (await ask('GET', '/containers/box/top?ps_args=-o%20pid,args')).json
  expect(top.Processes.map((row: string[]) => row[1])).toEqual(['sleep 300', 'sleep 9'])
  expect(top.Processes[0][0]).toBe(String((await ask('GET', '/containers/box/json')).json.State.Pid))
  await ask('POST', '/containers/box/kill')
  expect((await ask('GET', '/containers/box/top')).refusal).toMatch(/^409 container [0-9a-f]{64} is not running$/)
})

describe('stats', () => {
  test('one look, or two a second apart', async () => {
    const { ask, run, tank } = asking({
      host: { cpus: 4, memory: 2 ** 30, usage: ({ seconds }) => ({ cpu: seconds * 2 }) },
    })
    await run('box')
    tank.clock.advance(3000)
    const once = (await ask('GET', '/containers/box/stats?stream=0&one-shot=1')).json
    expect(once.cpu_stats).toMatchObject({ cpu_usage: { total_usage: 6e9 }, online_cpus: 4 })
    expect(once.precpu_stats.cpu_usage.total_usage).toBe(0)
    expect([once.memory_stats.limit, once.pids_stats.current]).toEqual([2 ** 30, 1])
    const twice = ask('GET', '/containers/box/stats?stream=0')
    await new Promise((resolve) => setImmediate(resolve))
    tank.clock.advance(1000)
    const { cpu_stats: now, precpu_stats: before, name } = (await twice).json
    expect(now.cpu_usage.total_usage - before.cpu_usage.total_usage).toBe(2e9)
    expect(now.system_cpu_usage - before.system_cpu_usage).toBe(4e9)
    expect(name).toBe('/box')
  })

  test('of one that does not run are zeros', async () => {
    const { ask } = asking()
    await ask('POST', '/containers/create?name=box', { Image: 'busybox:1.36', Cmd: ['true'] })
    const { json } = await ask('GET', '/containers/box/stats?stream=0')
    expect(json).toMatchObject({ name: '/box', read: '0001-01-01T00:00:00Z', pids_stats: {}, memory_stats: {} })
  })

  test('a stream tells every second, until the removal', () => {
    const world = new World()
    const id = world.run('box')
    const read = reading(world, statsStream(world.state, world.container('box'), '1.51'))
    expect(read.chunks).toHaveLength(1)
    world.now += SECOND
    world.do({ type: 'ClockAdvance' })
    expect(read.chunks).toHaveLength(2)
    const [first, second] = read.chunks.map((chunk) => JSON.parse(new TextDecoder().decode(chunk)))
    expect([first.preread, second.preread]).toEqual(['0001-01-01T00:00:00Z', first.read])
    world.exit('box', 0)
    world.do({ type: 'ContainerDelete', id, force: false, volumes: false, link: false })
    expect(read.ended).toBe(true)
  })

  test('stream and one-shot do not go together', async () => {
    const { ask, run } = asking()
    await run('box')
    expect((await ask('GET', '/containers/box/stats?stream=1&one-shot=1')).refusal).toBe(
      '400 cannot have stream=true and one-shot=true',
    )
  })
})
