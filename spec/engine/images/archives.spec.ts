import { beforeEach, describe, expect, test } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/runtime/wavetank.ts'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({ clock: 'manual' })
})

const call = (method: string, path: string, body?: Uint8Array | object): Promise<Response> =>
  tank.fetch(
    new Request(`http://docker/v1.51${path}`, {
      method,
      ...(body === undefined
        ? {}
        : body instanceof Uint8Array
          ? { body: new Uint8Array(body), headers: { 'content-type': 'application/x-tar' } }
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  )
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer())
const inspect = async (name: string) =>
  (await (await call('GET', `/images/${name}/json`)).json()) as Record<string, unknown>
const save = async (query: string) => bytes(await call('GET', `/images/get?${query}`))
const load = async (archive: Uint8Array) => (await call('POST', '/images/load', archive)).text()
const tarOf = (files: Record<string, string>) =>
  encode(Object.entries(files).map(([name, text]) => tarEntry({ name, body: new TextEncoder().encode(text) })))

async function changed(name: string): Promise<void> {
  await call('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:1.36',
    Cmd: ['sh', '-c', 'rm /etc/shadow; mkdir -p /a/b; echo new > /a/b/f; ln -s f /a/b/l'],
  })
  await call('POST', `/containers/${name}/start`)
}

describe('save and load', () => {
  test('give an image back with its id, its layers and its names', async () => {
    await changed('one')
    await call('POST', '/commit?container=one&repo=me/app&tag=1')
    const before = await inspect('me/app:1')
    const archive = await save('names=me/app:1')
    tank = createWavetank({ clock: 'manual', images: {} })
    expect(await load(archive)).toBe('{"stream":"Loaded image: me/app:1\\n"}\r\n')
    const after = await inspect('me/app:1')
    for (const key of ['Id', 'RootFS', 'Config', 'Created', 'Size', 'Architecture'])
      expect(after[key]).toEqual(before[key])
    expect(await save('names=me/app:1')).toEqual(archive)
    expect(tank.image('me/app:1').fs.readFileSync('/a/b/l', 'utf8')).toBe('new\n')
    expect(tank.image('me/app:1').fs.existsSync('/etc/shadow')).toBe(false)
  })

  test('a compressed archive and a bare OCI layout are read too', async () => {
    const archive = await save('names=alpine:3.20')
    const { Id } = await inspect('alpine:3.20')
    const layout = encode(decode(archive).filter(({ name }) => name !== 'manifest.json' && name !== 'repositories'))
    for (const form of [gzip(archive), layout, gzip(layout)]) {
      tank = createWavetank({ clock: 'manual', images: {} })
      expect(await load(form)).toBe('{"stream":"Loaded image: alpine:3.20\\n"}\r\n')
      expect((await inspect('alpine:3.20')).Id).toBe(Id)
    }
  })

  test('several images share what they share, and an id alone has no name', async () => {
    await call('POST', '/images/busybox:1.36/tag?repo=other&tag=2')
    const names = decode(await save('names=busybox:1.36&names=other:2')).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const { Id } = await inspect('busybox:1.36')
    const archive = await bytes(await call('GET', `/images/${(Id as string).slice(7, 19)}/get`))
    tank = createWavetank({ clock: 'manual', images: {} })
    expect(await load(archive)).toBe(`{"stream":"Loaded image ID: ${Id}\\n"}\r\n`)
  })

  test('with progress asked for, a layer that is new shows how far it is', async () => {
    const archive = await save('names=busybox:1.36')
    tank = createWavetank({ clock: 'manual', images: {} })
    const lines = await (await call('POST', '/images/load?quiet=0', archive)).text()
    expect(lines).toMatch(/^\{"status":"Loading layer","progressDetail":\{"current":\d+,"total":\d+\},"progress":"\[=/)
  })

  describe('a bad archive', () => {
    const broken = async (archive: Uint8Array, error: string | RegExp) => {
      const images = JSON.stringify(tank.engine.store.state.images.references.entries())
      const position = tank.engine.store.position
      const { errorDetail } = JSON.parse(await load(archive)) as { errorDetail: { message: string } }
      expect(errorDetail.message).toMatch(error)
      expect(tank.engine.store.position).toBe(position)
      expect(JSON.stringify(tank.engine.store.state.images.references.entries())).toBe(images)
    }

    test('is refused in the stream, and nothing has happened', async () => {
      await broken(new TextEncoder().encode('garbage'.repeat(200)), 'archive/tar: invalid tar header')
      await broken(
        new Uint8Array(),
        /^open \/var\/lib\/docker\/tmp\/docker-import-\d+\/repositories: no such file or directory$/,
      )
      await broken(tarOf({ a: 'b' }), /repositories: no such file or directory$/)
      await broken(
        tarOf({ 'manifest.json': '[{"Config":"nope.json","Layers":[]}]' }),
        /nope\.json: no such file or directory$/,
      )
    })

    test('also when it is cut anywhere, or a layer is not what the config says', async () => {
      const archive = await save('names=busybox:1.36')
      for (const length of [513, 5_000, archive.length >> 1]) await broken(archive.subarray(0, length), /./)
      await call('DELETE', '/images/busybox:1.36') // what the daemon has it does not read again
      const forged = decode(archive).map((entry) =>
        entry.body.length > 2_000 && entry.name.startsWith('blobs/') ? { ...entry, body: tarOf({ evil: 'x' }) } : entry,
      )
      await broken(encode(forged), 'invalid diffID for layer 0')
    })
  })

  test('what is not there is refused', async () => {
    const response = await call('GET', '/images/nosuch/get')
    expect([response.status, await response.json()]).toEqual([404, { message: 'No such image: nosuch' }])
  })
})

describe('commit', () => {
  test('makes a layer of what changed, with the changes asked for in its config', async () => {
    await changed('one')
    const changes = ['ENV X=1', 'CMD ["echo","hi"]', 'LABEL a=b', 'EXPOSE 80'].map(
      (line) => `changes=${encodeURIComponent(line)}`,
    )
    const response = await call(
      'POST',
      `/commit?container=one&repo=me/app&comment=hello&author=me&${changes.join('&')}`,
    )
    expect(response.status).toBe(201)
    const image = await inspect('me/app')
    expect(image).toMatchObject({ Comment: 'hello', Author: 'me', Config: { Cmd: ['echo', 'hi'], Labels: { a: 'b' } } })
    const { fs } = tank.image('me/app')
    expect([fs.existsSync('/etc/shadow'), fs.readFileSync('/a/b/f', 'utf8')]).toEqual([false, 'new\n'])
  })

  test.each([
    ['container=nosuch', 404, 'No such container: nosuch'],
    ['', 400, 'invalid name or ID supplied: ""'],
    ['container=one&changes=RUN%20true', 400, 'RUN is not a valid change command'],
    ['container=one&repo=BAD', 400, 'invalid reference format: repository name (library/BAD) must be lowercase'],
  ])('?%s is refused', async (query, status, message) => {
    await changed('one')
    const response = await call('POST', `/commit?${query}`)
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })
})

describe('sizes', () => {
  test('are the sums of the layers, shared ones counted once', async () => {
    await changed('one')
    await call('POST', '/commit?container=one&repo=me/app')
    const [{ Size: base }, { Size: top }] = [await inspect('busybox:1.36'), await inspect('me/app')] as [
      { Size: number },
      { Size: number },
    ]
    expect(top - base).toBe('new\n'.length)
    const { LayersSize } = (await (await call('GET', '/system/df?type=image')).json()) as { LayersSize: number }
    const { Size: alpine } = (await inspect('alpine:3.20')) as { Size: number }
    const { Size: hello } = (await inspect('hello-world')) as { Size: number }
    expect(LayersSize).toBe(top + alpine + hello)
  })
})
