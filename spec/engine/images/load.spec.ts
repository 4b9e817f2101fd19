import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/storage/digest.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { HARD_LINK, SYMLINK, type TarEntry, tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { asking } from '../asking.ts'
import { told } from './told.ts'

const folder = new URL('../../../fixtures/images/', import.meta.url)
const real = new Uint8Array(readFileSync(new URL('dockerd-20.10.24.tar', folder)))
const said = JSON.parse(readFileSync(new URL('dockerd-20.10.24.json', folder), 'utf8'))

const utf8 = (text: string) => new TextEncoder().encode(text)
const json = (value: unknown) => utf8(JSON.stringify(value))
const file = (name: string, body: Uint8Array | string): TarEntry =>
  tarEntry({ name, body: typeof body === 'string' ? utf8(body) : body })
describe('an archive that dockerd 20.10 wrote', () => {
  test('is read with its id, its layers, its names and its times', async () => {
    const world = asking({ images: {} })
    const { ask } = world
    expect((await ask('POST', '/images/load', real)).text).toBe(
      said.tags.map((tag: string) => `{"stream":"Loaded image: ${tag}\\n"}\r\n`).join(''),
    )
    const { json: image } = await ask('GET', '/v1.41/images/fixture/real:1/json')
    expect(image).toMatchObject({
      Id: said.id,
      RepoTags: said.tags,
      Created: said.created,
      Container: said.container,
      Size: said.size,
      RootFS: { Layers: said.layers },
      Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
    })
    expect(await told(world)).toEqual([`image load ${said.id}`])
  })

  test('has the files that were put into it', () => {
    const { tank, ask } = asking({ images: {} })
    return ask('POST', '/images/load', real).then(() => {
      const { fs } = tank.image('fixture/real:1')
      expect(fs.readFileSync('/srv/hello.txt', 'utf8')).toBe('hello <world> & all\n')
      expect(fs.readlinkSync('/bin/hullo')).toBe('hi')
      expect([fs.statSync('/bin/hi').mode & 0o7777, fs.statSync('/bin/hi').nlink]).toEqual([0o4755, 2])
      expect([fs.statSync('/etc/shadow').gid, fs.statSync('/tmp').mode & 0o7777]).toEqual([42, 0o1777])
    })
  })

  test('without its manifest.json is one of before 1.10: the images are those that dockerd makes of it', async () => {
    const legacy = encode(decode(real).filter(({ name }) => !name.endsWith('.json')))
    const world = asking({ images: {} })
    const { ask } = world
    const { text } = await ask('POST', '/images/load?quiet=0', legacy)
    expect(text.match(/"Loading layer"/g)?.length).toBe(2)
    expect(text).not.toContain('Loaded image')
    const { json: image } = await ask('GET', '/images/fixture/real:one/json')
    expect([image.Id, image.Parent, image.RootFS.Layers]).toEqual([said.legacy.top, said.legacy.parent, said.layers])
    expect(await told(world)).toEqual([])
  })

  test('is saved with the configs that older daemons read, byte for byte as dockerd wrote them', async () => {
    const { ask } = asking({ images: {} })
    await ask('POST', '/images/load', real)
    const saved = decode((await ask('GET', '/images/fixture/real/get')).bytes)
    const names = new Set(saved.map(({ name }) => name))
    const configs = decode(real).filter(({ name }) => name.endsWith('/json'))
    expect(configs.length).toBe(2)
    for (const { body } of configs) expect(names).toContain(`blobs/sha256/${digestOf(body).slice(7)}`)
  })

  test('a link inside of it may stand before what it leads to', async () => {
    const moved = decode(real).flatMap((entry): TarEntry[] =>
      entry.name.endsWith('/layer.tar')
        ? [
            tarEntry({ name: entry.name, type: SYMLINK, linkname: `../zz/${digestOf(entry.body).slice(7)}` }),
            file(`zz/${digestOf(entry.body).slice(7)}`, entry.body),
          ]
        : [entry],
    )
    const { ask } = asking({ images: {} })
    expect((await ask('POST', '/images/load', encode(moved))).text).toContain('Loaded image: fixture/real:1')
  })
})

describe('loading', () => {
  test('a name that another image has is taken from it, and that is said', async () => {
    const { ask } = asking()
    const { bytes } = await ask('GET', '/images/busybox:1.36/get')
    const busybox = (await ask('GET', '/images/busybox:1.36/json')).json.Id
    const alpine = (await ask('GET', '/images/alpine:3.20/json')).json.Id
    await ask('POST', '/images/alpine:3.20/tag?repo=busybox&tag=1.36')
    expect((await ask('POST', '/images/load', bytes)).text).toBe(
      `{"stream":"The image busybox:1.36 already exists, renaming the old one with ID ${alpine} to empty string\\n"}\r\n` +
        '{"stream":"Loaded image: busybox:1.36\\n"}\r\n',
    )
    expect((await ask('GET', '/images/busybox:1.36/json')).json.Id).toBe(busybox)
  })

  test('a parent in the same archive is one again', async () => {
    const one = asking()
    await one.run('web')
    const { Id } = (await one.ask('POST', '/commit?container=web&repo=child')).json
    const parent = (await one.ask('GET', '/images/busybox:1.36/json')).json.Id
    const { bytes } = await one.ask('GET', '/images/get?names=child&names=busybox:1.36')
    const other = asking({ images: {} })
    expect((await other.ask('POST', '/images/load', bytes)).text).not.toContain('error')
    expect((await other.ask('GET', `/images/${Id}/json`)).json.Parent).toBe(parent)
    const alone = asking({ images: {} })
    await alone.ask('POST', '/images/load', (await one.ask('GET', '/images/child/get')).bytes)
    expect((await alone.ask('GET', `/images/${Id}/json`)).json.Parent).toBe('')
  })

  test('an image that is here already keeps what is known of it', async () => {
    const { ask, run } = asking()
    await run('web')
    await ask('POST', '/commit?container=web&repo=child')
    const before = (await ask('GET', '/images/child/json')).json
    await ask('POST', '/images/load', (await ask('GET', '/images/child/get')).bytes)
    expect((await ask('GET', '/images/child/json')).json).toEqual(before)
  })

  test('of another platform than the one asked for is passed over', async () => {
    const { ask } = asking()
    const { bytes } = await ask('GET', '/images/busybox:1.36/get')
    const other = asking({ images: {} })
    const platform = (arch: string) => encodeURIComponent(JSON.stringify({ os: 'linux', architecture: arch }))
    expect((await other.ask('POST', `/images/load?platform=${platform('arm64')}`, bytes)).text).toBe('{}\r\n')
    expect((await other.ask('GET', '/images/json')).json).toEqual([])
    expect((await other.ask('POST', `/images/load?platform=${platform('amd64')}`, bytes)).text).toContain(
      'busybox:1.36',
    )
    expect((await other.ask('POST', '/images/load?platform=linux', bytes)).refusal).toBe(
      "400 failed to parse platform: invalid character 'l' looking for beginning of value",
    )
  })
})

/** An archive of one image; what is said here replaces what is right. */
function archive({ layer = encode([file('a', '1')]), config = {}, manifest = {} } = {}): Uint8Array {
  const image = json({
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    ...config,
  })
  return encode([
    file('manifest.json', json([{ Config: 'c.json', RepoTags: ['m:1'], Layers: ['l.tar'], ...manifest }])),
    file('c.json', image),
    file('l.tar', layer),
  ])
}

const nowhere = (name: string) => `open /var/lib/docker/tmp/docker-import-N/${name}: no such file or directory`

describe('what is refused in the stream, and leaves everything as it was', () => {
  test.each<[string, Uint8Array, string]>([
    ['no manifest of any kind', encode([file('a', 'b')]), nowhere('repositories')],
    [
      'a manifest of null',
      encode([file('manifest.json', 'null')]),
      'invalid manifest, manifest cannot be null (but can be [])',
    ],
    [
      'one that is no list',
      encode([file('manifest.json', '{}')]),
      'json: cannot unmarshal object into Go value of type []tarexport.manifestItem',
    ],
    [
      'one that is no JSON',
      encode([file('manifest.json', 'zz')]),
      "invalid character 'z' looking for beginning of value",
    ],
    ['a config that is not there', encode([file('manifest.json', '[{"Config":"nope"}]')]), nowhere('nope')],
    [
      'a path that leads out',
      encode([file('manifest.json', '[{"Config":"../../x/y"}]')]),
      'evalSymlinksInScope: /var/lib/docker/x/y is not in /var/lib/docker/tmp/docker-import-N',
    ],
    ['a config that is none', archive({ config: { rootfs: undefined } }), 'invalid image JSON, no RootFS key'],
    ['another system', archive({ config: { os: 'windows' } }), 'cannot load windows image on linux'],
    [
      'fewer layers than it says',
      archive({ manifest: { Layers: ['l.tar', 'l.tar'] } }),
      'invalid manifest, layers length mismatch: expected 2, got 1',
    ],
    ['a layer that is none', archive({ layer: utf8('garbage'.repeat(300)) }), 'archive/tar: invalid tar header'],
    ['half a layer', archive({ layer: encode([file('a', '1'.repeat(2000))]).subarray(0, 1800) }), 'unexpected EOF'],
    [
      'a link out of the layer',
      archive({ layer: encode([tarEntry({ name: 'l', type: HARD_LINK, linkname: '../../etc/shadow' })]) }),
      'link /etc/shadow /l: no such file or directory',
    ],
    [
      'a link out of the archive',
      encode([tarEntry({ name: 'a', type: HARD_LINK, linkname: '../../etc/passwd' })]),
      'link /etc/passwd /a: no such file or directory',
    ],
    [
      'a bad name',
      archive({ manifest: { RepoTags: ['BAD'] } }),
      'invalid reference format: repository name (library/BAD) must be lowercase',
    ],
    ['a name without a tag', archive({ manifest: { RepoTags: ['notag'] } }), 'invalid tag "notag"'],
    [
      'an old archive with a name for nothing',
      encode([file('repositories', '{"a":{"1":"zz"}}')]),
      'invalid target ID: zz',
    ],
    [
      'an old archive with something else in it',
      encode([file('repositories', '{}'), file('abc/x', '1')]),
      nowhere('abc/json'),
    ],
    [
      'an old image that is its own parent',
      encode([file('repositories', '{}'), file('a/json', '{"parent":"a"}')]),
      'invalid image: a is its own ancestor',
    ],
  ])('%s', async (_words, bytes, message) => {
    const { ask, tank } = asking()
    const { state } = tank.engine.store
    const { status, json: line } = await ask('POST', '/images/load', bytes)
    expect([status, line.error.replace(/docker-import-\d+/, 'docker-import-N')]).toEqual([200, message])
    expect(tank.engine.store.state.images).toBe(state.images)
  })

  test('a symlink to somewhere else only leads inside of the archive', async () => {
    const { ask } = asking()
    const link = tarEntry({ name: 'manifest.json', type: SYMLINK, linkname: '../../../../etc/passwd' })
    expect((await ask('POST', '/images/load', encode([link]))).json.error).toContain('no such file or directory')
  })

  test('an empty list is an empty load', async () => {
    const { ask } = asking()
    expect((await ask('POST', '/images/load', encode([file('manifest.json', '[]')]))).text).toBe('{}\r\n')
  })
})
