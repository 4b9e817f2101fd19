import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/storage/digest.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { asking } from '../asking.ts'

const filesOf = (bytes: Uint8Array) => new Map(decode(bytes).map(({ name, body }) => [name, body]))
const parsed = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes))
const platform = (architecture: string) => encodeURIComponent(JSON.stringify({ os: 'linux', architecture }))

describe('save', () => {
  test('is a docker-archive and an OCI layout, whose blobs are what their names say', async () => {
    const { ask } = asking()
    const files = filesOf((await ask('GET', '/images/alpine:3.20/get')).bytes)
    for (const [name, body] of files)
      if (/^blobs\/sha256\/./.test(name)) expect(`blobs/sha256/${digestOf(body).slice(7)}`).toBe(name)
    const [item] = parsed(files.get('manifest.json'))
    const { manifests } = parsed(files.get('index.json'))
    const manifest = parsed(files.get(`blobs/sha256/${manifests[0].digest.slice(7)}`))
    expect(`blobs/sha256/${manifest.config.digest.slice(7)}`).toBe(item.Config)
    expect(manifest.layers.map(({ digest }: { digest: string }) => `blobs/sha256/${digest.slice(7)}`)).toEqual(
      item.Layers,
    )
    expect(parsed(files.get('repositories'))).toEqual({ alpine: { '3.20': item.Layers[0].slice(13) } })
    expect(manifests[0].annotations).toEqual({
      'io.containerd.image.name': 'docker.io/library/alpine:3.20',
      'org.opencontainers.image.ref.name': '3.20',
    })
  })

  test('a repository alone is all of its tags', async () => {
    const { ask } = asking()
    await ask('POST', '/images/busybox:1.36/tag?repo=busybox&tag=other')
    await ask('POST', '/images/alpine:3.20/tag?repo=busybox&tag=third')
    const items = parsed(filesOf((await ask('GET', '/images/busybox/get')).bytes).get('manifest.json'))
    expect(items.map(({ RepoTags }: { RepoTags: string[] }) => RepoTags)).toEqual([
      ['busybox:1.36', 'busybox:other'],
      ['busybox:third'],
    ])
  })

  test.each([
    ['nosuch', '404 No such image: nosuch'],
    ['nosuch:tag', '404 reference does not exist'],
    [`nosuch@sha256:${'0'.repeat(64)}`, '404 reference does not exist'],
    ['abcdef', '404 No such image: abcdef'],
    ['BAD', '500 invalid reference format: repository name (library/BAD) must be lowercase'],
    [
      `sha256:${'0'.repeat(64)}`,
      `500 failed to get digest sha256:${'0'.repeat(64)}: open /var/lib/docker/image/vfs/imagedb/content/sha256/${'0'.repeat(64)}: no such file or directory`,
    ],
  ])('%s is refused', async (name, refusal) => {
    const { ask } = asking()
    expect((await ask('GET', `/images/${name}/get`)).refusal).toBe(refusal)
  })

  test('an image without a layer cannot be saved', async () => {
    const { ask } = asking()
    const dockerfile = 'FROM scratch\nLABEL a=b\n'
    const { encode } = await import('../../../src/storage/tar/encode.ts')
    const { tarEntry } = await import('../../../src/storage/tar/tar-entry.ts')
    const context = encode([tarEntry({ name: 'Dockerfile', body: new TextEncoder().encode(dockerfile) })])
    await ask('POST', '/build?t=empty', context)
    expect((await ask('GET', '/images/empty:latest/get')).refusal).toBe('500 empty export - not implemented')
  })
})

describe('a platform asked for', () => {
  const other = (name: string) =>
    `404 image with reference ${name} was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)`

  test.each([
    ['GET', '/images/busybox:1.36/get', 'platform'],
    ['GET', '/images/busybox:1.36/json', 'platform'],
    ['GET', '/images/busybox:1.36/history', 'platform'],
    ['DELETE', '/images/busybox:1.36', 'platforms'],
  ])('%s %s', async (method, path, key) => {
    const { ask } = asking()
    expect((await ask(method, `${path}?${key}=${platform('arm64')}`)).refusal).toBe(other('busybox:1.36'))
    expect((await ask(method, `${path}?${key}=${encodeURIComponent('{"os":"linux"}')}`)).refusal).toBe(
      '400 both OS and Architecture must be provided',
    )
    expect((await ask(method, `${path}?${key}=${encodeURIComponent('{"variant":"v7"}')}`)).refusal).toBe(
      '400 optional platform fields provided, but OS and Architecture are missing',
    )
    expect((await ask(method, `/v1.47${path}?${key}=zz`)).status).toBe(200)
    const { ask: again } = asking()
    expect((await again(method, `${path}?${key}=${platform('amd64')}`)).status).toBe(200)
  })

  test('and all manifests are not asked for together', async () => {
    const { ask } = asking()
    expect((await ask('GET', `/images/busybox:1.36/json?manifests=1&platform=${platform('amd64')}`)).refusal).toBe(
      '400 conflicting options: manifests and platform options cannot both be set',
    )
  })
})
