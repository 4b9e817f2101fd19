import { describe, expect, test } from 'vitest'
import { World } from '../world.ts'

const remove = (id: string, over = {}) =>
  ({ type: 'ContainerDelete', id, force: false, volumes: false, link: false, ...over }) as const

describe('remove', () => {
  test('with force: kill, disconnect, die, destroy', () => {
    const world = new World()
    const id = world.run('c1')
    const types = world.types(() => {
      world.do(remove(id, { force: true }))
      expect(world.try(remove(id))).toBe(`Conflict removal of container ${id} is already in progress`)
      world.exit(id, 137)
    })
    expect(types.filter((type) => type !== 'container.pending')).toEqual([
      'container.kill',
      'network.disconnect',
      'container.die',
      'container.destroy',
    ])
  })

  test('leaves nothing behind', () => {
    const world = new World()
    const empty = world.state.containers
    const id = world.run('c1')
    world.do({ type: 'ContainerOutput', id, stream: 1, bytes: new Uint8Array([104, 105, 10]) })
    world.exit(id, 0)
    world.do(remove(id))
    for (const [name, table] of Object.entries(world.state.containers)) expect(table.size, name).toBe(0)
    expect(empty.byId.size).toBe(0)
  })

  test('a restart that was asked for before does not bring it back', () => {
    const world = new World()
    const id = world.run('c1')
    world.do({ type: 'ContainerRestart', id, signal: '', timeout: 10 })
    world.do(remove(id, { force: true }))
    world.exit(id, 137)
    expect(world.state.containers.byId.has(id)).toBe(false)
  })

  test('of a link leaves the container', () => {
    const world = new World()
    const db = world.create('db')
    world.create('web', { HostConfig: { Links: ['db:store'] } })
    expect(world.container('web').links).toEqual([{ id: db, alias: 'store' }])
    world.do(remove('web/store', { link: true }))
    expect(world.container('web').links).toEqual([])
    expect(world.container('db').linkNames).toEqual([])
    expect(world.try(remove('web', { link: true }))).toBe(
      'System Conflict, cannot remove the default link name of the container',
    )
  })

  test('a link is a name of the other container as long as both are there', () => {
    const world = new World()
    const db = world.create('db')
    const web = world.create('web', { HostConfig: { Links: ['db:store', 'db'] } })
    expect(world.container('/web/store').id).toBe(db)
    expect(world.container(db).linkNames).toEqual(['web/db', 'web/store'])
    world.do({ type: 'ContainerRename', id: 'web', name: 'site' })
    expect(world.container(db).linkNames).toEqual(['site/db', 'site/store'])
    world.do(remove(web))
    expect(world.container(db).linkNames).toEqual([])
    expect(world.state.containers.names.keys()).toEqual(['db'])
    world.create('web', { HostConfig: { Links: ['db'] } })
    world.do(remove(db))
    expect(world.state.containers.names.keys()).toEqual(['web'])
  })
})

describe('rename', () => {
  const rename = (id: string, name: string) => ({ type: 'ContainerRename', id, name }) as const

  test('frees the old name', () => {
    const world = new World()
    const id = world.create('c1')
    world.do(rename('c1', 'c2'))
    expect(world.container('c2').id).toBe(id)
    expect(world.create('c1')).not.toBe(id)
  })

  test.each([
    ['', 'InvalidParameter Neither old nor new names may be empty'],
    ['c1', 'InvalidParameter Renaming a container with the same name as its current name'],
    ['/c1', 'InvalidParameter Renaming a container with the same name as its current name'],
    [
      '-x',
      'InvalidParameter Error when allocating new name: Invalid container name (/-x), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
    ],
  ])('to %j is refused', (name, words) => {
    const world = new World()
    world.create('c1')
    expect(world.try(rename('c1', name))).toBe(words)
  })

  test('to a taken name is a conflict', () => {
    const world = new World()
    world.create('c1')
    const id = world.create('c2')
    expect(world.try(rename('c1', 'c2'))).toBe(
      `Conflict Error when allocating new name: Conflict. The container name "/c2" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
    )
  })
})

describe('prune', () => {
  const prune = (filters: Record<string, string[]> = {}) =>
    ({ type: 'ContainerPrune', filters: new Map(Object.entries(filters)) }) as const
  const gone = (world: World, act: () => void) => world.types(act).filter((type) => type === 'container.destroy').length

  test('takes what does not run', () => {
    const world = new World()
    world.run('c1')
    world.create('c2')
    world.run('c3')
    world.exit('c3', 0)
    expect(gone(world, () => world.do(prune()))).toBe(2)
    expect(world.state.containers.names.keys()).toEqual(['c1'])
  })

  test('by label, by absence of a label, by age', () => {
    const world = new World()
    world.create('c1', { Labels: { k: 'v' } })
    world.create('c2')
    expect(gone(world, () => world.do(prune({ label: ['x'] })))).toBe(0)
    expect(gone(world, () => world.do(prune({ 'label!': ['k'] })))).toBe(1)
    expect(gone(world, () => world.do(prune({ until: ['1h'] })))).toBe(0)
    world.pass(3600e6)
    expect(gone(world, () => world.do(prune({ until: ['1h'], label: ['k=v'] })))).toBe(1)
    expect(world.try(prune({ until: ['zz'] }))).toBe('InvalidParameter failed to parse value as time or duration: "zz"')
  })

  test('counts what containers have written', () => {
    const world = new World()
    world.create('c1', { WorkingDir: '/work' })
    expect(world.do(prune()).at(-1)).toEqual(expect.objectContaining({ type: 'container.prune', reclaimed: 0 }))
  })
})
