import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { ask } from '../hub/ask.ts'

const REGISTRY = 'registry-1.docker.io'
const BUSYBOX = '/images/create?fromImage=busybox&tag=latest'

const world = () => createWavetank({ images: {} })
const pull = async (tank: ReturnType<typeof world>, path = BUSYBOX) => {
  const response = await tank.fetch(new Request(`http://docker/v1.51${path}`, { method: 'POST' }))
  return response.text()
}

describe('faults', () => {
  it('of the registry come through docker pull in the daemon’s words, as often as was said', async () => {
    const tank = world()
    // The daemon looks with HEAD first, and asks with GET whatever came of it.
    tank.faults.add({ host: REGISTRY, method: 'GET', path: '/v2/*/manifests/*', with: 503, times: 2 })
    for (const left of [1, 0]) {
      expect(await pull(tank)).toContain('received unexpected HTTP status: 503 Service Unavailable')
      expect(tank.faults.pending.map((fault) => fault.left)).toEqual(left > 0 ? [left] : [])
    }
    expect(await pull(tank)).toContain('Status: Downloaded newer image for busybox:latest')
  })

  it.each([
    [{ host: REGISTRY, path: '/v2/', with: 500 }, 'received unexpected HTTP status: 500 Internal Server Error'],
    [
      { host: REGISTRY, method: 'GET', path: '/v2/*/manifests/*', with: 429 },
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ],
    [
      { host: REGISTRY, with: 'timeout' as const },
      'Get \\"https://registry-1.docker.io/v2/\\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    [{ host: REGISTRY, with: 'unreachable' as const }, 'dial tcp: lookup registry-1.docker.io: no such host'],
    [{ host: 'auth.docker.io', with: 503 }, 'received unexpected HTTP status: 503 Service Unavailable'],
  ])('%j', async (fault, words) => {
    const tank = world()
    tank.faults.add(fault)
    expect(await pull(tank)).toContain(words)
    expect(await pull(tank)).toContain('Status: Downloaded newer image')
  })

  it('meet what fits alone, in the order in which they were added', () => {
    const tank = world()
    const status = (method: string, path: string, host = REGISTRY) => ask(tank, method, `https://${host}${path}`).status
    tank.faults.add({ method: 'put', with: 507 })
    tank.faults.add({ host: REGISTRY, path: '/v2/library/*', with: 502, times: Number.POSITIVE_INFINITY })
    tank.faults.add({ path: '/v2/library/a/tags/list', with: 504 })
    expect(status('GET', '/v2/ann/app/tags/list')).toBe(401)
    expect(status('GET', '/token', 'auth.docker.io')).toBe(200)
    expect([1, 2, 3].map(() => status('GET', '/v2/library/a/tags/list?n=1'))).toEqual([502, 502, 502])
    expect(status('PUT', '/v2/library/a/manifests/1')).toBe(507)
    expect(status('PUT', '/v2/library/a/manifests/1')).toBe(502)
    tank.faults.clear()
    expect([status('GET', '/v2/library/a/tags/list'), tank.faults.pending]).toEqual([401, []])
  })

  it('may have a body and headers of their own', () => {
    const tank = world()
    tank.faults.add({ with: 503, body: '{"errors":[]}', headers: { 'Retry-After': '7' } })
    expect(ask(tank, 'GET', `https://${REGISTRY}/v2/`)).toMatchObject({
      status: 503,
      text: '{"errors":[]}',
      headers: { 'retry-after': '7' },
    })
  })

  it('go along with forks and end with a reset', () => {
    const tank = world()
    tank.faults.add({ with: 503, times: 2 })
    const fork = tank.fork()
    const status = (one: typeof tank) => ask(one, 'GET', `https://${REGISTRY}/v2/`).status
    expect([status(fork), status(fork), status(fork)]).toEqual([503, 503, 401])
    expect(status(tank)).toBe(503)
    tank.reset()
    expect(status(tank)).toBe(401)
  })

  it('leave a client without an answer till it goes, or end its connection', async () => {
    const tank = world()
    const leave = new AbortController()
    tank.faults.add({ with: 'timeout' })
    const asked = tank.fetch(new Request(`https://${REGISTRY}/v2/`, { signal: leave.signal }))
    leave.abort(new Error('no longer'))
    await expect(asked).rejects.toThrow('no longer')
    tank.faults.add({ with: 'unreachable' })
    await expect(tank.fetch(new Request(`https://${REGISTRY}/v2/`))).rejects.toThrow('fetch failed')
    expect((await tank.fetch(new Request(`https://${REGISTRY}/v2/`))).status).toBe(401)
  })
})
