import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry } from '../../src/node/index.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { isHere } from './program.ts'

/** The requests of the era's documentation as one typed them, to the Hub's own names; nothing but this tank hears of them. */
const here = isHere('curl', 'curl', ['--version']) && isHere('openssl', 'openssl', ['version'])

const HOSTS = ['index.docker.io', 'registry-1.docker.io', 'hub.docker.com']

let home: string
let tank: Wavetank
let door: ListeningRegistry

function certificate(folder: string): { key: Buffer; cert: Buffer } {
  const names = HOSTS.map((host) => `DNS:${host}`).join(',')
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=wavetank']
  execFileSync('openssl', ['req', '-x509', ...made, '-addext', `subjectAltName=${names}`], { stdio: 'ignore' })
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

beforeAll(async () => {
  if (!here) return
  home = mkdtempSync(join(tmpdir(), 'wavetank-book-'))
  tank = createWavetank({
    hub: {
      catalog: [{ name: 'library/ubuntu', description: 'Ubuntu', stars: 5, images: [] }],
      accounts: [{ name: 'foo', password: 'bar12' }],
      v2: false,
    },
  })
  door = await listenRegistry(tank, { registry: 'registry-1.docker.io', tls: certificate(home) })
  const lines = ['silent', `connect-to = "::${door.host}"`, `cacert = "${join(home, 'cert.pem')}"`, 'noproxy = "*"']
  writeFileSync(join(home, '.curlrc'), `${lines.join('\n')}\n`)
})

afterAll(async () => {
  if (!here) return
  await door.close()
  tank.close()
  rmSync(home, { recursive: true })
})

interface Printed {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A line as one types it in a shell; what `curl -i` prints. */
function typed(line: string): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], {
      env: { ...process.env, CURL_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (bytes) => (out += String(bytes)))
    child.stderr.on('data', (bytes) => (err += String(bytes)))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(printed(out)) : reject(new Error(`${line}: ${code} ${err}`))))
  })
}

function printed(out: string): Printed {
  const text = out.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    ),
    body: text.slice(end + 4),
  }
}

const told = ({ status, body }: Printed) => [status, body]

describe.runIf(here)('the book’s requests to the Hub', () => {
  it('ping it', async () => {
    expect(told(await typed('curl -i https://index.docker.io/v1/_ping'))).toEqual([200, 'true'])
  })

  it('create an account, which is inactive until the e-mail was answered', async () => {
    const created = await typed(
      `curl -i -X POST -H "Content-Type: application/json" -d '{"username":"hellworld","password":"12345","email":"hellworld@example.com"}' https://index.docker.io/v1/users/`,
    )
    expect(told(created)).toEqual([201, '"User Created"'])
    expect(created.headers).toMatchObject({ 'content-type': 'application/json', vary: 'Accept' })
    expect(told(await typed('curl -i --user hellworld:12345 https://index.docker.io/v1/users'))).toEqual([
      403,
      '"Account is not Active"',
    ])
    expect((await typed(`curl -i ${tank.mailbox[0]!.link}`)).status).toBe(200)
  })

  it('refuse what no account may be', async () => {
    const create = (fields: string) => typed(`curl -i -d '${fields}' https://index.docker.io/v1/users/`)
    expect(told(await create('{"username":"Foo","password":"12345","email":"x@example.com"}'))).toEqual([
      400,
      '"Wrong username format (it has to match \\"^[a-z0-9_]{4,30}$\\")"',
    ])
    expect((await create('{"username":"foobar","password":"1234","email":"x@example.com"}')).status).toBe(400)
    expect(told(await create('{"username":"hellworld","password":"12345","email":"x@example.com"}'))).toEqual([
      400,
      '"Username or email already exists"',
    ])
  })

  it('log in; `echo` adds a line’s end to the password, so that the header made with it is refused', async () => {
    const byHeader =
      'curl -i -H "Authorization: Basic $(echo "hellworld:12345" | base64)" https://index.docker.io/v1/users'
    const refused = await typed(byHeader)
    expect([...told(refused), refused.headers['www-authenticate']]).toEqual([
      401,
      '""',
      'Basic realm="auth required",Token',
    ])
    expect(told(await typed(byHeader.replace('echo ', 'printf %s ')))).toEqual([200, '"OK"'])
    expect(told(await typed('curl -i --user hellworld:12345 https://index.docker.io/v1/users'))).toEqual([200, '"OK"'])
    expect((await typed('curl -i --user hellworld:other https://index.docker.io/v1/users')).status).toBe(401)
  })

  it('change the account', async () => {
    const change = (user: string, fields: string, name = 'hellworld') =>
      typed(
        `curl -i -X PUT --user ${user} -H "Content-Type: application/json" -d '${fields}' https://index.docker.io/v1/users/${name}/`,
      )
    expect(told(await change('hellworld:12345', '{"password":"newpassword"}'))).toEqual([204, ''])
    expect((await change('hellworld:12345', '{}')).status).toBe(401)
    expect((await change('hellworld:newpassword', '{}', 'foo')).status).toBe(403)
    expect((await change('hellworld:newpassword', '{}', 'nobody')).status).toBe(404)
    expect((await change('hellworld:newpassword', '[]')).status).toBe(400)
    expect((await change('hellworld:newpassword', '{"password":"12345"}')).status).toBe(204)
  })

  it('push an image by hand, pull it, and delete the repository', async () => {
    const id = '9e89cc6f0bc3c38722009fe6857087b486531f9a779a0c17e3ed29dae8f12c4f'
    const json = `{"id":"${id}"}`
    const put = await typed(
      `curl -i -X PUT --user foo:bar12 -H "Accept: application/json" -H "Content-Type: application/json" -H "X-Docker-Token: true" -d '[{"id": "${id}"}]' https://index.docker.io/v1/repositories/foo/bar/`,
    )
    expect(told(put)).toEqual([200, '""'])
    expect(put.headers).toMatchObject({
      'x-docker-token': expect.stringMatching(/^signature=[0-9a-f]{40},repository="foo\/bar",access=write$/),
      'www-authenticate': `Token ${put.headers['x-docker-token']}`,
      'x-docker-endpoints': 'registry-1.docker.io',
    })
    const write = `-H 'Authorization: Token ${put.headers['x-docker-token']}'`
    const registry = 'https://registry-1.docker.io/v1'
    const checksum = digestOf(json, '\n', 'layer')
    for (const line of [
      `curl -i -X PUT ${write} -H 'Content-Type: application/json' -d '${json}' ${registry}/images/${id}/json`,
      `curl -i -X PUT ${write} -H 'Transfer-Encoding: chunked' -H 'Content-Type: application/octet-stream' -d layer ${registry}/images/${id}/layer`,
      `curl -i -X PUT ${write} -H 'X-Docker-Checksum-Payload: ${checksum}' ${registry}/images/${id}/checksum`,
      `curl -i -X PUT ${write} -H 'Content-Type: application/json' -d '"${id}"' ${registry}/repositories/foo/bar/tags/latest`,
    ])
      expect(told(await typed(line))).toEqual([200, 'true'])
    const images = `curl -i -X PUT --user foo:bar12 -H "Content-Type: application/json" -d '[{"id": "${id}", "checksum": "${checksum}"}]' https://index.docker.io/v1/repositories/foo/bar/images`
    expect(told(await typed(images))).toEqual([204, ''])

    const get = await typed('curl -i -H "X-Docker-Token: true" https://index.docker.io/v1/repositories/foo/bar/images')
    expect(JSON.parse(get.body)).toEqual([{ id, checksum }])
    const read = `-H 'Authorization: Token ${get.headers['x-docker-token']}'`
    expect((await typed(`curl -i ${read} ${registry}/repositories/foo/bar/tags`)).body).toBe(`{"latest": "${id}"}`)
    expect((await typed(`curl -i ${read} ${registry}/images/${id}/layer`)).body).toBe('layer')
    expect(told(await typed(`curl -i ${registry}/images/${id}/layer`))).toEqual([
      401,
      '{"error": "Requires authorization"}',
    ])

    const deletion = 'curl -i -X DELETE --user foo:bar12 %s https://index.docker.io/v1/repositories/foo/bar/'
    const first = await typed(deletion.replace('%s', '-H "X-Docker-Token: true" -d \'""\''))
    expect([...told(first), first.headers['x-docker-token']]).toEqual([
      202,
      '""',
      expect.stringContaining('access=delete'),
    ])
    const token = `-H 'Authorization: Token ${first.headers['x-docker-token']}'`
    expect(told(await typed(`curl -i -X PUT ${token} https://index.docker.io/v1/repositories/foo/bar/auth`))).toEqual([
      200,
      '"OK"',
    ])
    expect(told(await typed(`curl -i -X DELETE ${token} ${registry}/repositories/foo/bar/`))).toEqual([200, 'true'])
    const last = await typed(deletion.replace('%s', '-H "X-Docker-Endpoints: registry-1.docker.io"'))
    expect(told(last)).toEqual([200, '""'])
    expect((await typed('curl -i https://index.docker.io/v1/repositories/foo/bar/images')).status).toBe(404)
  })

  it('read what a registry holds, in all the ways that there are', async () => {
    const id = 'ab'.repeat(32)
    const json = `{"id":"${id}"}`
    const allocated = await typed(
      `curl -i -X PUT --user foo:bar12 -H "X-Docker-Token: true" -d '[{"id": "${id}", "Tag": "v1"}]' https://index.docker.io/v1/repositories/foo/read/`,
    )
    const registry = 'https://registry-1.docker.io/v1'
    const bearing = (token: string) => `-H 'Authorization: Token ${token}'`
    const write = bearing(allocated.headers['x-docker-token']!)
    const put = (path: string, more: string) => typed(`curl -i -X PUT ${write} ${more} ${registry}/${path}`)
    expect(told(await put(`images/${id}/layer`, '-d 0123456789'))).toEqual([404, '{"error": "Image not found"}'])
    expect(told(await put(`images/${id}/json`, `-d '{"id":"${'0'.repeat(64)}"}'`))).toEqual([
      400,
      '{"error": "JSON data contains invalid id"}',
    ])
    expect((await put(`images/${id}/json`, `-d '${json}'`)).status).toBe(200)
    expect(told(await put(`images/${id}/checksum`, "-H 'X-Docker-Checksum-Payload: sha256:0'"))[0]).toBe(400)
    expect((await put(`images/${id}/layer`, '-d 0123456789')).status).toBe(200)
    expect((await put(`images/${id}/checksum`, '-d ""')).status).toBe(412)
    const payload = digestOf(json, '\n', '0123456789')
    expect((await put(`images/${id}/checksum`, `-H 'X-Docker-Checksum-Payload: ${payload}'`)).status).toBe(200)
    expect(told(await put(`images/${id}/json`, `-d '${json}'`))).toEqual([409, '{"error": "Image already exists"}'])
    expect(told(await put('repositories/foo/read/tags/-bad', `-d '"${id}"'`))[0]).toBe(400)
    expect((await put('repositories/foo/read/tags/v1', `-d '"${id}"'`)).status).toBe(200)

    const asked = await typed(
      'curl -i -H "X-Docker-Token: true" https://index.docker.io/v1/repositories/foo/read/images',
    )
    const read = bearing(asked.headers['x-docker-token']!)
    const get = (path: string, more = '') => typed(`curl -i ${read} ${more} ${registry}/${path}`)
    const image = await get(`images/${id}/json`)
    expect([...told(image), image.headers['x-docker-size'], image.headers['x-docker-checksum-payload']]).toEqual([
      200,
      json,
      '10',
      payload,
    ])
    expect(told(await get(`images/${id}/ancestry`))).toEqual([200, `["${id}"]`])
    const part = await get(`images/${id}/layer`, '-r 2-4')
    expect([...told(part), part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10'])
    expect(told(await get('repositories/foo/read/tags/v1'))).toEqual([200, `"${id}"`])
    expect(told(await get('repositories/foo/read/tags/v2'))).toEqual([404, '{"error": "Tag not found"}'])
    expect(told(await get('repositories/foo/read/properties'))).toEqual([200, '{"access": "public"}'])
    expect(told(await get('images/xyz/json'))).toEqual([404, '{"error": "Invalid image ID"}'])
    const access = `https://index.docker.io/v1/repositories/foo/read/layer/${id}/access`
    expect(told(await typed(`curl -i ${read} ${access}`))).toEqual([200, '{"access":true}'])
    expect(told(await typed('curl -i https://registry-1.docker.io/'))).toEqual([200, '"\\"docker-registry server\\""'])
    // A token for writing reads nothing, and one for reading writes nothing.
    expect((await typed(`curl -i ${write} ${registry}/images/${id}/json`)).status).toBe(401)
    expect((await typed(`curl -i -X PUT ${read} -d x ${registry}/images/${id}/layer`)).status).toBe(401)
  })

  it('leave the library to Docker’s own people', async () => {
    const line =
      'curl -i -X PUT --user foo:bar12 -H "X-Docker-Token: true" -d \'[]\' https://index.docker.io/v1/repositories/foobar/'
    expect((await typed(line)).status).toBe(403)
  })

  it('search', async () => {
    const { status, body } = await typed('curl -i "https://index.docker.io/v1/search?q=ubuntu&page=1&n=25"')
    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { num_pages: 1, num_results: 1, page_size: 25, query: 'ubuntu', page: 1, results: [{ name: 'ubuntu' }] },
    ])
  })
})
