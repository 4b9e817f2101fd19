import { describe, expect, it } from 'vitest'
import { call, GOOD, pull, push, requestsOf, statusesOf, world } from './engine.ts'

const DIGEST = /sha256:[0-9a-f]{64}/
const withoutDigests = (lines: readonly string[]) => lines.map((line) => line.replace(DIGEST, '<digest>'))

describe('pull', () => {
  it('tells of each layer, and leaves an image that runs', async () => {
    const tank = world()
    const told = await pull(tank, 'busybox')
    expect(told.status).toBe(200)
    expect(withoutDigests(statusesOf(told))).toEqual([
      'Pulling from library/busybox',
      'Pulling fs layer',
      'Downloading',
      'Verifying Checksum',
      'Download complete',
      'Extracting',
      'Pull complete',
      'Digest: <digest>',
      'Status: Downloaded newer image for busybox:latest',
    ])
    const [digest] = DIGEST.exec(told.text)!
    const image = (await call(tank, 'GET', '/images/busybox:latest/json')).json
    expect([image.RepoTags, image.RepoDigests]).toEqual([['busybox:latest'], [`busybox@${digest}`]])
    const body = { Image: 'busybox', Cmd: ['true'] }
    const { Id } = (await call(tank, 'POST', '/containers/create', { body })).json
    await call(tank, 'POST', `/containers/${Id}/start`)
    expect((await call(tank, 'POST', `/containers/${Id}/wait`)).json.StatusCode).toBe(0)
  })

  it('asks the registry as the daemon does', async () => {
    const tank = world()
    await pull(tank, 'busybox')
    expect(withoutDigests(requestsOf(tank))).toEqual([
      'GET registry-1.docker.io/v2/ 401',
      'GET auth.docker.io/token?scope=repository%3Alibrary%2Fbusybox%3Apull&service=registry.docker.io 200',
      'HEAD registry-1.docker.io/v2/library/busybox/manifests/latest 200',
      'GET registry-1.docker.io/v2/library/busybox/manifests/<digest> 200',
      'GET registry-1.docker.io/v2/library/busybox/blobs/<digest> 200',
      'GET registry-1.docker.io/v2/library/busybox/blobs/<digest> 200',
    ])
    const before = tank.journal.entries.length
    const again = await pull(tank, 'docker.io/library/busybox')
    expect(withoutDigests(statusesOf(again))).toEqual([
      'Pulling from library/busybox',
      'Digest: <digest>',
      'Status: Image is up to date for busybox:latest',
    ])
    expect(requestsOf(tank, before).map((line) => line.split(' ')[0])).toEqual(['GET', 'GET', 'HEAD'])
  })

  it('takes layers that are here, from the bottom', async () => {
    const tank = world()
    await pull(tank, 'nginx')
    const told = await pull(tank, 'redis', '7')
    expect(statusesOf(told).slice(1, 3)).toEqual(['Already exists', 'Pulling fs layer'])
  })

  it('takes one digest, a tag in the name, or all tags', async () => {
    const tank = world()
    const [digest] = DIGEST.exec((await pull(tank, 'alpine')).text)!
    const pinned = await pull(tank, 'alpine', digest)
    expect(pinned.lines[0]).toEqual({ status: 'Pulling from library/alpine', id: `alpine@${digest}` })
    expect(statusesOf(pinned).at(-1)).toBe(`Status: Image is up to date for alpine@${digest}`)
    const named = await pull(tank, 'alpine:3.20', '')
    expect(statusesOf(named).at(-1)).toBe('Status: Downloaded newer image for alpine:3.20')
    const all = await pull(tank, 'alpine', '')
    const tags = all.lines.flatMap(({ id }) => (/^(\d[\d.]*|latest)$/.test(id ?? '') ? [id] : []))
    expect(tags).toEqual(['3', '3.18', '3.18.9', '3.19', '3.19.4', '3.20', '3.20.3', 'latest'])
    expect(statusesOf(all).at(-1)).toBe('Status: Downloaded newer image for alpine')
    expect((await call(tank, 'GET', '/images/alpine:3/json')).json.RepoTags).toHaveLength(4)
  })

  it('is told of in the events, once, and makes no tag event', async () => {
    const tank = world()
    await pull(tank, 'hello-world')
    const until = tank.clock.now / 1e6 + 1
    const { text } = await call(tank, 'GET', `/events?since=0&until=${until}`)
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ Action, Actor }) => [Action, Actor.ID, Actor.Attributes.name])).toEqual([
      ['pull', 'hello-world:latest', 'hello-world'],
    ])
  })

  it('warns of another platform, and refuses what is none', async () => {
    const tank = world()
    const told = await call(tank, 'POST', '/images/create?fromImage=busybox&tag=latest&platform=linux/arm64')
    expect(statusesOf(told).at(-1)).toBe(
      'WARNING: image with reference busybox:latest was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)',
    )
    const refused = await call(tank, 'POST', '/images/create?fromImage=busybox&tag=latest&platform=a/b/c/d')
    expect([refused.status, refused.json.message]).toEqual([
      400,
      '"a/b/c/d": cannot parse platform specifier: invalid argument',
    ])
  })
})

describe('a pull that fails before its first line is refused', () => {
  it.each([
    ['busybox', 'nosuch', 404, 'manifest for busybox:nosuch not found: manifest unknown: manifest unknown'],
    [
      'nosuch',
      'latest',
      404,
      "pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
    [
      'some/nosuch',
      'latest',
      404,
      "pull access denied for some/nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
    [
      '127.0.0.1:5000/no/such',
      'v1',
      404,
      'manifest for 127.0.0.1:5000/no/such:v1 not found: manifest unknown: manifest unknown',
    ],
    ['127.0.0.1:1/a', 'x', 500, 'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused'],
    ['ghcr.io/a/b', 'x', 500, 'Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host'],
    ['BAD', 'x', 400, 'invalid reference format: repository name (library/BAD) must be lowercase'],
    ['127.0.0.1:5000/a', '!!', 400, 'invalid tag format'],
  ])('%s:%s → %d', async (image, tag, status, message) => {
    const told = await pull(world(), image, tag)
    expect([told.status, told.json]).toEqual([status, { message }])
  })

  it('with wrong credentials', async () => {
    const told = await pull(world(), 'busybox', 'latest', { username: 'good', password: 'nope' })
    expect([told.status, told.json.message]).toEqual([
      401,
      'Head "https://registry-1.docker.io/v2/library/busybox/manifests/latest": unauthorized: incorrect username or password',
    ])
  })

  it('but not with a header that cannot be read', async () => {
    const url = 'http://docker/v1.51/images/create?fromImage=busybox&tag=latest'
    const response = await world().fetch(new Request(url, { method: 'POST', headers: { 'X-Registry-Auth': '!!!' } }))
    expect(response.status).toBe(200)
  })

  it('past the rate limit', async () => {
    const tank = world({ hub: { rateLimit: { anonymous: 1, account: 1 } } })
    expect((await pull(tank, 'busybox')).status).toBe(200)
    const told = await pull(tank, 'alpine')
    expect([told.status, told.json.message]).toEqual([
      429,
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ])
  })

  it('without a network', async () => {
    const told = await pull(world({ hub: false }), 'busybox')
    expect([told.status, told.json.message]).toEqual([
      500,
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    ])
  })

  it('where the repository is private, unless its owner asks', async () => {
    const hub = {
      accounts: [{ name: 'good', password: 'pass' }],
      repositories: [{ name: 'good/app', visibility: 'private' as const }],
    }
    const tank = world({ hub })
    await pull(tank, 'busybox')
    await call(tank, 'POST', '/images/busybox/tag?repo=good/app&tag=1')
    await push(tank, 'good/app', '1', GOOD)
    expect((await pull(tank, 'good/app', '1')).json.message).toMatch(/^pull access denied for good\/app/)
    expect((await pull(tank, 'good/app', '1', GOOD)).status).toBe(200)
  })
})
