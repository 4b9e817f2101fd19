import { describe, expect, test } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { type LogQuery, logs } from '../../../src/engine/containers/logs.ts'
import { reading } from '../reading.ts'
import { START, World } from '../world.ts'

const ALL: LogQuery = {
  stdout: true,
  stderr: true,
  follow: false,
  since: undefined,
  until: undefined,
  tail: undefined,
  timestamps: false,
  details: false,
}

const write = (world: World, id: string, stream: 1 | 2, text: string) =>
  world.do({ type: 'ContainerOutput', id, stream, bytes: new TextEncoder().encode(text) })

/** Out 1 at 0 s, err 2 at 1 s, out 3 at 2 s, and it goes on. */
function talkative(body: Readonly<Record<string, unknown>> = {}) {
  const world = new World()
  const id = world.run('talk', body)
  write(world, id, 1, 'one\n')
  world.pass(SECOND)
  write(world, id, 2, 'two\n')
  world.pass(SECOND)
  write(world, id, 1, 'three\n')
  const read = (query: Partial<LogQuery> = {}) =>
    reading(world, logs(world.state, world.container('talk'), { ...ALL, ...query }))
  return { world, id, read }
}

describe('what is shown', () => {
  test('one frame for each line, in the order of writing', () => {
    expect(talkative().read().frames).toEqual([
      [1, 'one\n'],
      [2, 'two\n'],
      [1, 'three\n'],
    ])
  })

  test('tail counts the lines of both streams, and filters afterwards', () => {
    const { read } = talkative()
    expect(read({ tail: 2 }).frames.map(([, text]) => text)).toEqual(['two\n', 'three\n'])
    expect(read({ tail: 2, stdout: false }).frames).toEqual([[2, 'two\n']])
    expect(read({ tail: 0 }).frames).toEqual([])
  })

  test('since and until are inclusive', () => {
    const { read } = talkative()
    const one = { since: START + SECOND, until: START + SECOND }
    expect(read(one).frames).toEqual([[2, 'two\n']])
    expect(read({ since: START + SECOND + 1 }).frames).toEqual([[1, 'three\n']])
  })

  test('timestamps have nine digits, details a space even when there are none', () => {
    const { read } = talkative()
    expect(read({ tail: 1, timestamps: true, details: true }).text.slice(8)).toBe(
      '2025-01-01T00:00:02.000000000Z  three\n',
    )
  })

  test('details tell what the log driver was asked to keep', () => {
    const { read } = talkative({
      Env: ['A=1', 'B=2'],
      Labels: { k: 'v w' },
      HostConfig: { LogConfig: { Type: 'json-file', Config: { env: 'A', labels: 'k', tag: '{{.Name}}' } } },
    })
    expect(read({ tail: 1, details: true }).frames).toEqual([[1, 'A=1,k=v+w,tag=talk three\n']])
  })

  test('a terminal has no frames and no stderr', () => {
    const { read } = talkative({ Tty: true })
    expect(read().text).toBe('one\ntwo\nthree\n')
    expect(read({ stdout: false }).text).toBe('')
  })

  test('no driver, no log', () => {
    const { read, world } = talkative({ HostConfig: { LogConfig: { Type: 'none', Config: {} } } })
    expect(() => read()).toThrow(
      expect.objectContaining({ message: 'configured logging driver does not support reading' }),
    )
    expect(world.state.containers.logs.size).toBe(0)
  })
})

describe('following', () => {
  test('goes on until the end, with the last line, which has no newline', () => {
    const { world, id, read } = talkative()
    const followed = read({ follow: true, tail: 0 })
    write(world, id, 1, 'four\nfi')
    expect(followed.frames).toEqual([[1, 'four\n']])
    world.exit('talk', 0)
    expect(followed.frames).toEqual([
      [1, 'four\n'],
      [1, 'fi'],
    ])
    expect(followed.ended).toBe(true)
  })

  test('is over at once when it does not run, and accumulates over restarts', () => {
    const { world, id, read } = talkative()
    world.exit('talk', 0)
    expect(read({ follow: true }).ended).toBe(true)
    world.do({ type: 'ContainerStart', id })
    write(world, id, 1, 'again\n')
    expect(read().frames).toHaveLength(4)
  })

  test('ends with the container, and at the time that was given', () => {
    const { world, read } = talkative()
    const timed = read({ follow: true, until: START + 5 * SECOND })
    const removed = read({ follow: true })
    world.pass(4 * SECOND)
    expect(timed.ended).toBe(true)
    expect(removed.ended).toBe(false)
    world.do({ type: 'ContainerDelete', id: 'talk', force: true, volumes: false, link: false })
    world.exit('talk', 137)
    expect(removed.ended).toBe(true)
  })
})
