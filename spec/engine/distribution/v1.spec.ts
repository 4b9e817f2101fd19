import { describe, expect, it } from 'vitest'
import type { Wavetank, WavetankOptions } from '../../../src/index.ts'
import { call, pull, push, statusesOf, type Told, world } from './engine.ts'

const ALICE = { username: 'alice', password: 'secret1' }
const OWN = '127.0.0.1:5000'

const old = (more: WavetankOptions = {}): Wavetank =>
  world({
    host: { registryProtocol: 'v1' },
    hub: {
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'carol', password: 'secret1', active: false },
      ],
      repositories: [{ name: 'alice/shut', visibility: 'private' }],
      v2: false,
    },
    ...more,
  })

/** What the daemon asked, ids as letters in the order in which they came. */
function asked(tank: Wavetank, from = 0): string[] {
  const letters = new Map<string, string>()
  const letter = (id: string) => {
    if (!letters.has(id)) letters.set(id, `<${String.fromCharCode(97 + letters.size)}>`)
    return letters.get(id)!
  }
  return tank.journal.entries
    .slice(from)
    .flatMap((entry) =>
      entry.kind === 'request' && entry.from === 'engine'
        ? [`${entry.method} ${entry.to}${entry.target} ${entry.status}`.replace(/[0-9a-f]{64}/g, letter)]
        : [],
    )
}

const shown = (told: Told) =>
  told.lines.map(({ status, error, id }) => [status ?? error, ...(id ? [id] : [])].join(' '))

/** A tank whose daemon has alice/bb:v1, two layers, built on busybox. */
async function stocked(more: WavetankOptions = {}): Promise<Wavetank> {
  const tank = old(more)
  await pull(tank, 'busybox')
  const { json } = await call(tank, 'POST', '/containers/create', { body: { Image: 'busybox', Cmd: ['true'] } })
  tank.container(json.Id).fs.writeFileSync('/hello', 'hello\n')
  await call(tank, 'POST', `/commit?container=${json.Id}&repo=alice/bb&tag=v1`)
  return tank
}

describe('a push by v1', () => {
  it('asks in the order in which docker 1.3 did, and says what it said', async () => {
    const tank = await stocked()
    const before = tank.journal.entries.length
    const told = await push(tank, 'alice/bb', 'v1', ALICE)
    const hub = 'registry-1.docker.io/v1'
    const index = 'index.docker.io/v1/repositories/alice/bb'
    expect(asked(tank, before)).toEqual([
      `PUT ${index}/ 200`,
      `GET ${hub}/images/<a>/json 401`,
      `PUT ${hub}/images/<a>/json 200`,
      `PUT ${hub}/images/<a>/layer 200`,
      `PUT ${hub}/images/<a>/checksum 200`,
      `GET ${hub}/images/<b>/json 401`,
      `PUT ${hub}/images/<b>/json 200`,
      `PUT ${hub}/images/<b>/layer 200`,
      `PUT ${hub}/images/<b>/checksum 200`,
      `PUT ${hub}/repositories/alice/bb/tags/v1 200`,
      `PUT ${index}/images 204`,
    ])
    const statuses = statusesOf(told)
    expect(statuses.slice(0, 4)).toEqual([
      'The push refers to a repository [alice/bb] (len: 1)',
      'Sending image list',
      'Pushing repository alice/bb (1 tags)',
      'Pushing',
    ])
    expect([...new Set(statuses.slice(3))]).toEqual([
      'Pushing',
      'Buffering to disk',
      'Image successfully pushed',
      expect.stringMatching(
        /^Pushing tag for rev \[[0-9a-f]{12}\] on \{https:\/\/registry-1\.docker\.io\/v1\/repositories\/alice\/bb\/tags\/v1\}$/,
      ),
    ])
    const bar = told.lines.find(({ status, progressDetail }) => status === 'Pushing' && progressDetail.total)
    expect(bar.progress).toMatch(/^\[=*> *\] [ \d.]+ k?B\/[\d.]+ k?B$/)
  })

  it('does not send what is there', async () => {
    const tank = await stocked()
    await push(tank, 'alice/bb', 'v1', ALICE)
    const again = statusesOf(await push(tank, 'alice/bb', 'v1', ALICE))
    expect(again.filter((status) => status.startsWith('Image'))).toEqual([
      'Image already pushed, skipping',
      'Image already pushed, skipping',
    ])
  })

  it.each([
    ['wrong credentials', 'alice/bb', { ...ALICE, password: 'x' }, 'Authentication is required.'],
    [
      'an account that is not active',
      'alice/bb',
      { username: 'carol', password: 'secret1' },
      'Error: Status 403 trying to push repository alice/bb: "\\"Account is not Active\\""',
    ],
    [
      'a name that is another’s',
      'bobby/bb',
      ALICE,
      'Error: Status 403 trying to push repository bobby/bb: "\\"Access Denied: Not allowed to create Repo at given location\\""',
    ],
  ])('ends with %s', async (_, name, auth, words) => {
    const tank = await stocked()
    await call(tank, 'POST', `/images/alice/bb:v1/tag?repo=${name}&tag=v1`)
    expect(statusesOf(await push(tank, name, 'v1', auth)).at(-1)).toBe(words)
  })

  it('of what is not here is refused', async () => {
    const tank = await stocked()
    expect(shown(await push(tank, 'alice/bb', 'none', ALICE))).toEqual([
      'The push refers to a repository [alice/bb] (len: 1)',
      'No images found for the requested repository / tag',
    ])
    const none = await push(tank, 'alice/none', 'v1', ALICE)
    expect([none.status, none.json.message]).toEqual([500, 'Repository does not exist: alice/none'])
  })

  it('goes to a registry of one’s own', async () => {
    const tank = await stocked()
    await call(tank, 'POST', `/images/alice/bb:v1/tag?repo=${OWN}/foo/bar&tag=v1`)
    const before = tank.journal.entries.length
    expect(statusesOf(await push(tank, `${OWN}/foo/bar`, 'v1')).at(-1)).toMatch(/^Pushing tag/)
    expect(asked(tank, before).slice(0, 3)).toEqual([
      `GET ${OWN}/v1/_ping 200`,
      `PUT ${OWN}/v1/repositories/foo/bar/ 200`,
      `GET ${OWN}/v1/images/<a>/json 404`,
    ])
  })
})

describe('a pull by v1', () => {
  /** Another daemon of the same Hub. */
  async function other(more: WavetankOptions = {}): Promise<Wavetank> {
    const tank = await stocked(more)
    await push(tank, 'alice/bb', 'v1', ALICE)
    for (const image of ['alice/bb:v1', 'busybox']) await call(tank, 'DELETE', `/images/${image}?force=1`)
    for (const { Id } of (await call(tank, 'GET', '/containers/json?all=1')).json)
      await call(tank, 'DELETE', `/containers/${Id}?force=1`)
    await call(tank, 'POST', '/images/prune?filters={"dangling":["false"]}')
    expect((await call(tank, 'GET', '/images/json')).json).toEqual([])
    return tank
  }

  it('asks in the order in which docker did, and says what it said', async () => {
    const tank = await other()
    const before = tank.journal.entries.length
    const told = await pull(tank, 'alice/bb', 'v1')
    const hub = 'registry-1.docker.io/v1'
    expect(asked(tank, before)).toEqual([
      'GET index.docker.io/v1/repositories/alice/bb/images 200',
      `GET ${hub}/repositories/alice/bb/tags 200`,
      `GET ${hub}/images/<a>/ancestry 200`,
      `GET ${hub}/images/<b>/json 200`,
      `GET ${hub}/images/<b>/layer 200`,
      `GET ${hub}/images/<a>/json 200`,
      `GET ${hub}/images/<a>/layer 200`,
    ])
    const [tip, root] = ['<tip>', '<root>']
    const ids = new Map<string, string>()
    const lines = shown(told).map((line) =>
      line.replace(/[0-9a-f]{12}$/, (id) => {
        if (!ids.has(id)) ids.set(id, ids.size === 0 ? tip : root)
        return ids.get(id)!
      }),
    )
    expect(lines.filter((line, i) => line !== lines[i - 1] || line.startsWith('Download complete'))).toEqual([
      'Pulling repository alice/bb',
      `Pulling image (v1) from alice/bb ${tip}`,
      `Pulling image (v1) from alice/bb, endpoint: https://registry-1.docker.io/v1/ ${tip}`,
      `Pulling dependent layers ${tip}`,
      `Pulling metadata ${root}`,
      `Pulling fs layer ${root}`,
      `Downloading ${root}`,
      `Download complete ${root}`,
      `Pulling metadata ${tip}`,
      `Pulling fs layer ${tip}`,
      `Downloading ${tip}`,
      `Download complete ${tip}`,
      `Download complete ${tip}`,
      'Status: Downloaded newer image for alice/bb:v1',
    ])
    const { json } = await call(tank, 'POST', '/containers/create', { body: { Image: 'alice/bb:v1', Cmd: ['true'] } })
    expect(tank.container(json.Id).fs.readFileSync('/hello', 'utf8')).toBe('hello\n')
  })

  it('asks for nothing that is here', async () => {
    const tank = await other()
    await pull(tank, 'alice/bb', 'v1')
    const before = tank.journal.entries.length
    const told = await pull(tank, 'alice/bb', 'v1')
    expect(asked(tank, before)).toHaveLength(3)
    expect(statusesOf(told).at(-1)).toBe('Status: Image is up to date for alice/bb:v1')
  })

  it('with tokens for a single use goes on with the cookie', async () => {
    const tank = await other({
      hub: { accounts: [{ name: 'alice', password: 'secret1' }], v1: { tokens: 'single-use' } },
    })
    expect(statusesOf(await pull(tank, 'alice/bb', 'v1')).at(-1)).toContain('Downloaded newer image')
  })

  it('of a private repository needs its owner', async () => {
    const tank = await stocked()
    await call(tank, 'POST', '/images/alice/bb:v1/tag?repo=alice/shut&tag=v1')
    await push(tank, 'alice/shut', 'v1', ALICE)
    expect(statusesOf(await pull(tank, 'alice/shut', 'v1')).at(-1)).toBe('Error: image alice/shut:v1 not found')
    expect(statusesOf(await pull(tank, 'alice/shut', 'v1', ALICE)).at(-1)).toMatch(/^Status: /)
  })

  it.each([
    ['alice/bb', 'zz', undefined, 'Tag zz not found in repository alice/bb'],
    ['alice/zz', 'v1', undefined, 'Error: image alice/zz:v1 not found'],
    ['alice/bb', 'v1', { ...ALICE, password: 'x' }, 'Authentication is required.'],
    [
      'alice/bb',
      'v1',
      { username: 'carol', password: 'secret1' },
      'Error: Status 403 trying to pull repository alice/bb: "\\"Account is not Active\\""',
    ],
  ])('of %s:%s by %j ends with words', async (name, tag, auth, words) => {
    const tank = await other()
    expect(shown(await pull(tank, name, tag, auth))).toEqual([`Pulling repository ${name}`, words])
  })
})

describe('across the protocols', () => {
  it('what is pushed by v1 is pulled by v2, and the other way round, with the same layers', async () => {
    const hub = { accounts: [{ name: 'alice', password: 'secret1' }] }
    const layers = async (tank: Wavetank, image: string) =>
      (await call(tank, 'GET', `/images/${image}/json`)).json.RootFS.Layers
    const one = await stocked({ hub })
    const made = await layers(one, 'alice/bb:v1')
    await push(one, 'alice/bb', 'v1', ALICE)
    const two = world({ hub })
    const snapshot = { ...two.snapshot(), hub: one.snapshot().hub }
    two.restore(snapshot)
    expect(statusesOf(await pull(two, 'alice/bb', 'v1')).at(-1)).toContain('Downloaded newer image')
    expect(await layers(two, 'alice/bb:v1')).toEqual(made)
    await call(two, 'POST', '/images/alice/bb:v1/tag?repo=alice/cc&tag=v2')
    await push(two, 'alice/cc', 'v2', ALICE)
    one.restore({ ...one.snapshot(), hub: two.snapshot().hub })
    await pull(one, 'alice/cc', 'v2')
    expect(await layers(one, 'alice/cc:v2')).toEqual(made)
  })
})

describe('an old client', () => {
  const ask = (tank: Wavetank, version: string, path: string, body?: object) =>
    tank.fetch(
      new Request(`http://docker/v${version}${path}`, {
        method: 'POST',
        ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
      }),
    )

  it('of an API before 1.18 gets v1 from Docker Hub', async () => {
    const tank = world()
    const text = await (await ask(tank, '1.15', '/images/create?fromImage=busybox&tag=latest')).text()
    expect(text).toContain('"status":"Pulling repository busybox"')
    expect(asked(tank)[0]).toBe('GET index.docker.io/v1/repositories/library/busybox/images 200')
    const later = await (await ask(tank, '1.18', '/images/create?fromImage=alpine&tag=latest')).text()
    expect(later).toContain('"status":"Pulling from library/alpine"')
  })

  it('registers by logging in', async () => {
    const tank = old()
    const login = async (fields: object) => {
      const response = await ask(tank, '1.15', '/auth', { serveraddress: 'https://index.docker.io/v1/', ...fields })
      return [response.status, await response.text()]
    }
    const dave = { username: 'dave9', password: 'secret1', email: 'd@x.io' }
    expect(await login(dave)).toEqual([200, expect.stringContaining('Account created.')])
    expect(await login(dave)).toEqual([500, expect.stringContaining('Login: Account is not Active.')])
    await tank.fetch(new Request(tank.mailbox[0]!.link))
    expect(await login(dave)).toEqual([200, expect.stringContaining('Login Succeeded')])
    expect(await login({ ...dave, password: 'wrong' })).toEqual([
      401,
      expect.stringContaining('Wrong login/password, please try again'),
    ])
    expect(await login({ ...dave, username: 'Da' })).toEqual([
      500,
      expect.stringContaining('Registration: "Wrong username format'),
    ])
  })
})
