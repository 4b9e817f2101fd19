import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { image } from '../../src/index.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { tarEntry } from '../../src/storage/tar/tar-entry.ts'
import { asking } from '../engine/asking.ts'
import { Dockerd } from './dockerd.ts'

const folder = new URL('../../fixtures/images/', import.meta.url)
const said = JSON.parse(readFileSync(new URL('dockerd-20.10.24.json', folder), 'utf8'))
const fixture = new Uint8Array(readFileSync(new URL('dockerd-20.10.24.tar', folder)))
const BUSYBOX = '/bin/busybox'

/** Depends on nothing else in this package than the writing of images. */
const declared = image('acme/declared:1', {
  files: { '/etc/motd': 'hello <world> & all\n', '/bin/hi': { link: '../etc/motd' }, '/tmp/': { mode: 0o1777 } },
  cmd: ['/bin/hi'],
  env: { A: 'b' },
  labels: { team: 'a' },
})

const context = (files: Record<string, string>) =>
  encode(Object.entries(files).map(([name, text]) => tarEntry({ name, body: new TextEncoder().encode(text) })))

const running = await Dockerd.start()
if (typeof running === 'string') console.warn(`against recorded answers of dockerd 20.10.24 only: ${running}`)

describe('what dockerd was recorded to say', () => {
  it('its own archive has the id and the layers that it gave them', async () => {
    const { ask } = asking({ images: [fixture] })
    const { json } = await ask('GET', '/images/fixture/real:1/json')
    expect([json.Id, json.RootFS.Layers, json.Size]).toEqual([said.id, said.layers, said.size])
  })

  it('an image that was declared had this id there, too', async () => {
    const { ask } = asking({ images: [declared] })
    expect((await ask('GET', '/images/acme/declared:1/json')).json.Id).toBe(said.declared)
  })
})

describe.runIf(typeof running !== 'string')('a real dockerd', () => {
  const daemon = running as Dockerd
  const { docker } = typeof running === 'string' ? ({} as Dockerd) : running
  const facts = async (name: string) =>
    JSON.parse(
      await docker.out('image', 'inspect', '-f', '[{{json .Id}},{{json .RootFS.Layers}},{{json .Config.Cmd}}]', name),
    )
  const ours = async (ask: ReturnType<typeof asking>['ask'], name: string) => {
    const { json } = await ask('GET', `/images/${name}/json`)
    return [json.Id, json.RootFS.Layers, json.Config.Cmd]
  }
  /** What the tank saves, put into the daemon. */
  const hand = async (ask: ReturnType<typeof asking>['ask'], name: string) => {
    const file = join(daemon.folder, 'handed.tar')
    writeFileSync(file, (await ask('GET', `/images/${name}/get`)).bytes)
    return docker.out('load', '-q', '-i', file)
  }
  /** What the daemon saves, read. */
  const fetched = async (...names: string[]) => {
    const file = join(daemon.folder, 'fetched.tar')
    await docker.out('save', '-o', file, ...names)
    return new Uint8Array(readFileSync(file))
  }

  beforeAll(async () => {
    if (!existsSync(BUSYBOX)) return
    const there = join(daemon.folder, 'context')
    const tree = join(there, 'tree')
    mkdirSync(join(tree, 'bin'), { recursive: true })
    cpSync(BUSYBOX, join(tree, 'bin/busybox'))
    writeFileSync(join(there, 'Dockerfile'), 'FROM scratch\nCOPY tree /\nENV A=b\nCMD ["/bin/busybox","true"]\n')
    await docker.out('build', '-q', '-t', 'real/busybox:1', there)
  })
  afterAll(() => daemon.stop())

  it.runIf(existsSync(BUSYBOX))(
    'its archive is loaded with its id and layers unchanged, and it takes it back',
    async () => {
      const { ask } = asking({ images: {} })
      const there = await facts('real/busybox:1')
      expect((await ask('POST', '/images/load', await fetched('real/busybox:1'))).text).toContain('real/busybox:1')
      expect(await ours(ask, 'real/busybox:1')).toEqual(there)
      await docker.out('rmi', '-f', 'real/busybox:1')
      expect(await hand(ask, 'real/busybox:1')).toBe('Loaded image: real/busybox:1\n')
      expect(await facts('real/busybox:1')).toEqual(there)
    },
  )

  it('takes a synthetic image, a declared one and a built one, with the same ids', async () => {
    const { ask } = asking({ images: [declared, fixture] })
    const dockerfile = 'FROM busybox:1.36\nRUN rm /etc/shadow && mkdir -p /a/b && ln /bin/sh /a/sh\nLABEL t="<x>"\n'
    await ask('POST', '/build?t=me/built:1', context({ Dockerfile: dockerfile }))
    for (const name of ['busybox:1.36', 'alpine:3.20', 'acme/declared:1', 'me/built:1', 'fixture/real:1']) {
      expect(await hand(ask, name)).toBe(`Loaded image: ${name}\n`)
      expect(await facts(name)).toEqual(await ours(ask, name))
    }
  })

  it('gives back what it was given, and that is the same image still', async () => {
    const { ask } = asking({ images: [declared] })
    await hand(ask, 'acme/declared:1')
    const other = asking({ images: [await fetched('acme/declared:1')] })
    expect(await ours(other.ask, 'acme/declared:1')).toEqual(await ours(ask, 'acme/declared:1'))
  })

  it('takes a parent and its child together', async () => {
    const { ask, run } = asking()
    await run('web')
    await ask('POST', '/commit?container=web&repo=me/child')
    const file = join(daemon.folder, 'both.tar')
    writeFileSync(file, (await ask('GET', '/images/get?names=me/child&names=busybox:1.36')).bytes)
    await docker.out('load', '-q', '-i', file)
    const parent = await docker.out('image', 'inspect', '-f', '{{.Parent}}', 'me/child')
    expect(parent.trim()).toBe((await ask('GET', '/images/busybox:1.36/json')).json.Id)
  })

  it.runIf(existsSync(BUSYBOX))('runs what was built here on the real busybox', async () => {
    const { ask } = asking({ images: [await fetched('real/busybox:1')] })
    const dockerfile = [
      'FROM real/busybox:1',
      'SHELL ["/bin/busybox","sh","-c"]',
      'COPY hello /srv/',
      'RUN /bin/busybox mkdir -p /out && /bin/busybox cat /srv/hello > /out/f && /bin/busybox rm /srv/hello',
      'CMD ["/bin/busybox","sh","-c","/bin/busybox cat /out/f; /bin/busybox ls /srv | /bin/busybox wc -l"]',
    ]
    const { text } = await ask(
      'POST',
      '/build?t=me/real:1',
      context({ Dockerfile: dockerfile.join('\n'), hello: 'hello\n' }),
    )
    expect(text).toContain('Successfully tagged me/real:1')
    await hand(ask, 'me/real:1')
    expect(await docker.run(['run', '--rm', '--network', 'none', 'me/real:1'])).toMatchObject({
      stdout: 'hello\n0\n',
      status: 0,
    })
  })
})
