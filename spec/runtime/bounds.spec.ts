import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { docker } from './docker.ts'

const world = () => {
  const tank = createWavetank()
  return { tank, ...docker(tank) }
}
const MEBIBYTE = 1024 ** 2

describe('a memory limit', () => {
  it.each([
    ['a shell', 'a=x; while :; do a=$a$a; done'],
    ['a command substitution', 'x=$(yes)'],
    ['a sort', 'yes | sort'],
    ['a line without an end', 'cat /dev/zero | grep x'],
    ['an awk', "exec awk 'BEGIN { while (1) a[i++] = i }'"],
  ])('ends %s that passes it', async (_, script) => {
    const { run, wait, ok } = world()
    await run('aa', { Cmd: ['sh', '-c', script], HostConfig: { Memory: 16 * MEBIBYTE } })
    expect(await wait('aa')).toBe(137)
    expect((await ok('GET', '/containers/aa/json')).State).toMatchObject({ OOMKilled: true, ExitCode: 137 })
  })
})

describe('a limit of processes', () => {
  it('makes a fork fail', async () => {
    const { run, exec } = world()
    await run('aa', { Cmd: ['sleep', '1000'], HostConfig: { PidsLimit: 5 } })
    expect(await exec('aa', 'for i in 1 2 3 4 5 6; do sleep 3 & done')).toContain(
      "sh: can't fork: Resource temporarily unavailable",
    )
  })

  it('is none below zero', async () => {
    const { run, exec } = world()
    await run('aa', { Cmd: ['sleep', '1000'], HostConfig: { PidsLimit: -1 } })
    expect(await exec('aa', 'echo $(echo hi)')).toBe('hi\n')
  })
})

describe('a log', () => {
  const lines = async (config: Record<string, string>) => {
    const { run, wait, logs } = world()
    await run('aa', { Cmd: ['seq', '1', '1000'], HostConfig: { LogConfig: { Type: 'json-file', Config: config } } })
    await wait('aa')
    return (await logs('aa')).trim().split('\n').map(Number)
  }

  it('keeps as many files of such a size as it shall', async () => {
    const kept = await lines({ 'max-size': '10k', 'max-file': '2' })
    expect(kept.at(-1)).toBe(1000)
    expect(kept[0]).toBeGreaterThan(700)
    expect(kept).toEqual(kept.map((_, at) => kept[0]! + at))
    expect(await lines({})).toHaveLength(1000)
  })

  it('refuses sizes that are none when it starts', async () => {
    const { call } = world()
    await call('POST', '/containers/create?name=aa', {
      Image: 'busybox:1.36',
      HostConfig: { LogConfig: { Type: 'json-file', Config: { 'max-size': 'foo' } } },
    })
    expect(await call('POST', '/containers/aa/start')).toEqual({
      status: 500,
      body: { message: "failed to initialize logging driver: invalid size: 'foo'" },
    })
  })
})

it('events until a far day do not take the clock there', async () => {
  const { tank, run, wait } = world()
  const before = tank.clock.now
  const left = new AbortController()
  const request = new Request('http://docker/v1.51/events?until=4102444800', { signal: left.signal })
  const events = await tank.fetch(request)
  await run('aa', { Cmd: ['sleep', '60'] })
  expect(await wait('aa')).toBe(0)
  expect((tank.clock.now - before) / 1e6).toBeLessThan(120)
  await events.body?.cancel()
})
