import http from 'node:http'
import https from 'node:https'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry, type RegistryWhere } from '../../src/node/index.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { certified, opensslIsHere } from './certificate.ts'
import { eventually } from './wire.ts'

let tank: Wavetank
let door: ListeningRegistry

const open = async (where?: RegistryWhere) => {
  door = await listenRegistry(tank, where)
}
beforeEach(() => {
  tank = createWavetank({ clock: 'manual', hub: { accounts: [{ name: 'me', password: 'secret' }] } })
})
afterEach(async () => {
  await door.close()
  tank.close()
})

const call = (path: string, init: RequestInit = {}) => fetch(door.url + path, init)
const begin = async (name: string) =>
  (await call(`/v2/${name}/blobs/uploads/`, { method: 'POST' })).headers.get('location')!
const MEBIBYTE = 1024 * 1024
const large = () => new Uint8Array(9 * MEBIBYTE).map((_, i) => i % 251)

const pushed = async (image: string) => {
  const tagged = `/images/${image.slice(0, image.lastIndexOf(':'))}/push?tag=${image.slice(image.lastIndexOf(':') + 1)}`
  const tag = new URLSearchParams({ repo: image.slice(0, image.lastIndexOf(':')), tag: '1' })
  await tank.fetch(new Request(`http://docker/images/busybox:1.36/tag?${tag}`, { method: 'POST' }))
  return (await tank.fetch(new Request(`http://docker${tagged}`, { method: 'POST' }))).text()
}

describe('a registry on a port', () => {
  it('is one of the tank’s own, without a Hub too', async () => {
    tank = createWavetank({ hub: false })
    await open()
    expect(door.host).toMatch(/^127\.0\.0\.1:\d+$/)
    const base = await call('/v2/')
    expect([base.status, base.headers.get('docker-distribution-api-version')]).toEqual([200, 'registry/2.0'])
    expect(await (await call('/v2/_catalog')).json()).toEqual({ repositories: [] })
  })

  it('is the same for the engine, by each name of loopback', async () => {
    await open()
    const { port } = door.address
    expect(await pushed(`127.0.0.1:${port}/me/app:1`)).toContain('1: digest: sha256:')
    expect(await pushed(`localhost:${port}/me/other:1`)).toContain('1: digest: sha256:')
    expect(await (await call('/v2/_catalog')).json()).toEqual({ repositories: ['me/app', 'me/other'] })
  })

  it('is reached by the engine no more when it is closed', async () => {
    await open()
    const { port } = door.address
    await door.close()
    expect(await pushed(`127.0.0.1:${port}/me/app:1`)).toContain('connect: connection refused')
  })

  it('does not care under which name it is asked', async () => {
    await open()
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'host.docker.internal:5000' }
      http
        .get({ port: door.address.port, path: '/v2/', headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
    })
    expect(status).toBe(200)
  })

  it('is not the engine', async () => {
    await open()
    expect((await call('/containers/json')).status).toBe(404)
  })

  it('can stand for Docker Hub, tokens and all', async () => {
    await open({ registry: 'registry-1.docker.io' })
    const base = await call('/v2/')
    expect(base.status).toBe(401)
    expect(base.headers.get('www-authenticate')).toBe(`Bearer realm="${door.url}/token",service="registry.docker.io"`)
    const asked = await call('/token?service=registry.docker.io&scope=repository:library/busybox:pull')
    const { token } = (await asked.json()) as { token: string }
    const manifest = await call('/v2/library/busybox/manifests/latest', {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(manifest.status).toBe(200)
  })

  it('goes on in a fork by itself', async () => {
    await open()
    const { port } = door.address
    const fork = tank.fork()
    await door.close()
    expect([fork.answers(`http://localhost:${port}`), tank.answers(`http://localhost:${port}`)]).toEqual([true, false])
  })
})

describe('a long upload', () => {
  it('comes in pieces and is one blob', async () => {
    await open()
    const bytes = large()
    const digest = digestOf(bytes)
    const at = await begin('me/app')
    const sent = await call(at, { method: 'PATCH', body: bytes })
    expect([sent.status, sent.headers.get('range')]).toEqual([202, `0-${bytes.length - 1}`])
    const put = await call(`${at}?digest=${digest}`, { method: 'PUT' })
    expect([put.status, put.headers.get('docker-content-digest')]).toEqual([201, digest])
    const back = new Uint8Array(await (await call(`/v2/me/app/blobs/${digest}`)).arrayBuffer())
    expect(digestOf(back)).toBe(digest)
  })

  it('may be as long as one piece exactly, and say so', async () => {
    await open()
    const bytes = large().subarray(0, 4 * MEBIBYTE)
    const headers = { 'content-range': `0-${bytes.length - 1}` }
    const sent = await call(await begin('me/app'), { method: 'PATCH', body: bytes, headers })
    expect([sent.status, sent.headers.get('range')]).toEqual([202, `0-${bytes.length - 1}`])
  })

  it('may come with the end of the upload', async () => {
    await open()
    const bytes = large()
    const at = await begin('me/app')
    const digest = digestOf(bytes)
    expect((await call(`${at}?digest=${digest}`, { method: 'PUT', body: bytes })).status).toBe(201)
    expect((await call(`/v2/me/app/blobs/${digest}`, { method: 'HEAD' })).headers.get('content-length')).toBe(
      String(bytes.length),
    )
  })

  it('is refused where it does not begin at the end of what is there', async () => {
    await open()
    const bytes = large()
    const headers = { 'content-range': `5-${bytes.length + 4}` }
    const at = await begin('me/app')
    expect((await call(at, { method: 'PATCH', body: bytes, headers })).status).toBe(416)
    const own = { 'content-range': `0-${bytes.length - 1}` }
    expect((await call(at, { method: 'PATCH', body: bytes, headers: own })).status).toBe(202)
  })

  it('that breaks off keeps what came, goes on from there, and shows nothing before its end', async () => {
    await open()
    const bytes = large()
    const digest = digestOf(bytes)
    const at = await begin('me/app')
    const came = 5 * MEBIBYTE + 17
    const socket = connect(door.address.port)
    socket.write(`PATCH ${at} HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes.length}\r\n\r\n`)
    socket.write(bytes.subarray(0, came), () => socket.end())
    const range = async () => (await call(at)).headers.get('range')
    await eventually(async () => (await range()) === `0-${came - 1}`)
    expect((await call(`/v2/me/app/blobs/${digest}`)).status).toBe(404)
    const headers = { 'content-range': `${came}-${bytes.length - 1}` }
    expect((await call(at, { method: 'PATCH', body: bytes.subarray(came), headers })).status).toBe(202)
    expect((await call(`${at}?digest=${digest}`, { method: 'PUT' })).status).toBe(201)
  })

  it('is not mixed with another one that comes to the same place meanwhile', async () => {
    await open()
    const [bytes, other] = [large(), large().map((byte) => byte ^ 1)]
    const at = await begin('me/app')
    const socket = connect(door.address.port)
    let said = ''
    socket.setEncoding('utf8').on('data', (text) => (said += text))
    socket.write(`PATCH ${at} HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes.length}\r\n\r\n`)
    socket.write(bytes.subarray(0, 5 * MEBIBYTE))
    const range = async () => (await call(at)).headers.get('range')
    await eventually(async () => (await range()) !== '0-0')
    const came = Number((await range())!.split('-')[1]) + 1
    expect((await call(at, { method: 'PATCH', body: other })).status).toBe(202)
    socket.write(bytes.subarray(5 * MEBIBYTE))
    await eventually(async () => said.includes('\r\n\r\n'))
    socket.destroy()
    expect(said).toMatch(/^HTTP\/1\.1 416 [\s\S]*"RANGE_INVALID"/)
    const whole = digestOf(bytes.subarray(0, came), other)
    expect((await call(`${at}?digest=${whole}`, { method: 'PUT' })).status).toBe(201)
  })

  it('of a manifest is not read beyond what a manifest may be', async () => {
    await open()
    const put = await call('/v2/me/app/manifests/1', { method: 'PUT', body: ' '.repeat(6 * MEBIBYTE) })
    expect(put.status).toBe(400)
  })
})

describe.runIf(opensslIsHere())('a registry with a certificate', () => {
  it('speaks TLS, and gives tokens there', async () => {
    const { ca, key, cert } = certified()
    await open({ registry: 'registry-1.docker.io', tls: { key, cert } })
    expect(door.url).toBe(`https://${door.host}`)
    const challenge = await new Promise<string | undefined>((resolve, reject) => {
      https.get(`${door.url}/v2/`, { ca }, (res) => resolve(res.headers['www-authenticate'])).on('error', reject)
    })
    expect(challenge).toBe(`Bearer realm="${door.url}/token",service="registry.docker.io"`)
  })
})
