import { describe, expect, test } from 'vitest'
import { type AttachQuery, attached } from '../../../src/engine/containers/attach.ts'
import { reading, typing } from '../reading.ts'
import { World } from '../world.ts'

const ALL: AttachQuery = {
  stdin: true,
  stdout: true,
  stderr: true,
  logs: false,
  stream: true,
  detachKeys: '',
  framed: true,
}
const INTERACTIVE = { OpenStdin: true, StdinOnce: true }

function attach(world: World, query: Partial<AttachQuery> = {}, name = 'box') {
  const asked = { ...ALL, ...query }
  world.do({ type: 'ContainerAttach', id: name, detachKeys: asked.detachKeys, logs: asked.logs })
  const connection = attached(world.state, world.container(name), asked)
  return { output: reading(world, connection.follow), type: typing(world, connection) }
}

const write = (world: World, stream: 1 | 2, text: string) =>
  world.do({ type: 'ContainerOutput', id: world.container('box').id, stream, bytes: new TextEncoder().encode(text) })

const refusal = (world: World, detachKeys = '') =>
  world.try({ type: 'ContainerAttach', id: 'box', detachKeys, logs: false })

describe('refusals', () => {
  test('bad keys come before the container', () => {
    expect(refusal(new World(), 'zzz')).toBe('InvalidParameter Invalid detach keys (zzz) provided')
    expect(refusal(new World())).toBe('NotFound No such container: box')
  })

  test('one that is paused', () => {
    const world = new World()
    world.run('box')
    world.do({ type: 'ContainerPause', id: 'box' })
    expect(refusal(world)).toBe('Conflict container box is paused, unpause the container before attach')
  })
})

describe('output', () => {
  test('comes as it is written, in frames, until the container ends', () => {
    const world = new World()
    world.run('box')
    const { output } = attach(world, { stdin: false })
    write(world, 1, 'half')
    write(world, 2, 'err\n')
    expect(output.frames).toEqual([
      [1, 'half'],
      [2, 'err\n'],
    ])
    world.exit('box', 0)
    expect(output.ended).toBe(true)
  })

  test('of a terminal, or over a websocket, comes without frames', () => {
    const world = new World()
    world.run('box', { Tty: true })
    const { output } = attach(world, { stdin: false })
    write(world, 2, 'x\r\n')
    expect(output.text).toBe('x\r\n')
  })

  test('of one that does not run waits for its next start', () => {
    const world = new World()
    world.create('box')
    const { output } = attach(world, { stdin: false })
    expect(output.ended).toBe(false)
    world.do({ type: 'ContainerStart', id: 'box' })
    write(world, 1, 'up\n')
    world.exit('box', 0)
    expect(output.frames).toEqual([[1, 'up\n']])
    expect(output.ended).toBe(true)
  })

  test('with logs begins with what was written; without stream that is all', () => {
    const world = new World()
    world.run('box')
    write(world, 1, 'early\n')
    expect(attach(world, { logs: true }).output.frames).toEqual([[1, 'early\n']])
    const { output } = attach(world, { logs: true, stream: false })
    expect(output.ended).toBe(true)
    expect(attach(world, { stdin: false, stdout: false, stderr: false }).output.ended).toBe(true)
  })
})

/** What the process was fed. */
const fed = (world: World) =>
  world.log.flatMap((event) =>
    event.type === 'container.input' ? [event.bytes && new TextDecoder().decode(event.bytes)] : [],
  )

describe('input', () => {
  test('typed before the start is handed over after it', () => {
    const world = new World()
    world.create('box', INTERACTIVE)
    const { type } = attach(world)
    type('early')
    type(undefined)
    const before = fed(world).length
    world.do({ type: 'ContainerStart', id: 'box' })
    world.do({ type: 'ContainerInputFlush', id: world.container('box').id })
    expect(fed(world).slice(before)).toEqual(['early', undefined])
    expect(world.state.containers.inputs.size).toBe(0)
  })

  test('its end is the end of the input with StdinOnce, else of the connection', () => {
    const world = new World()
    world.run('box', INTERACTIVE)
    expect(attach(world).type(undefined)).toBe(false)
    expect(fed(world)).toEqual([undefined])
    world.run('other', { OpenStdin: true })
    expect(attach(world, {}, 'other').type(undefined)).toBe(true)
  })

  test('goes nowhere when nobody can read it', () => {
    const world = new World()
    world.run('box')
    attach(world).type('x')
    expect(fed(world)).toEqual([])
  })

  test('the detach keys of a terminal end the connection, and the container runs on', () => {
    const world = new World()
    world.run('box', { OpenStdin: true, Tty: true })
    const { type } = attach(world, { detachKeys: 'ctrl-a,d' })
    expect(type('ls\u0001')).toBe(false)
    expect(type('d')).toBe(true)
    expect(fed(world)).toEqual(['ls'])
    expect(world.log.at(-1)!.type).toBe('container.detach')
    expect(world.container('box').flags.running).toBe(true)
  })
})
