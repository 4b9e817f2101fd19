import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { encode } from '../../src/storage/tar/encode.ts'
import { DIRECTORY, HARD_LINK, SYMLINK, type TarEntry, tarEntry } from '../../src/storage/tar/tar-entry.ts'

async function ask(tank: Wavetank, method: string, path: string, body?: unknown) {
  const sent = body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body)
  const headers = { 'Content-Type': body instanceof Uint8Array ? 'application/x-tar' : 'application/json' }
  const init = { method, ...(sent === undefined ? {} : { body: sent as BodyInit, headers }) }
  const response = await tank.fetch(new Request(`http://docker/v1.51${path}`, init))
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
}
const json = ({ bytes }: { readonly bytes: Uint8Array }) => JSON.parse(new TextDecoder().decode(bytes))

describe('changes are the difference of two exports', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
    .map((names) => `/srv/${names.join('/')}`)
  const command = fc.oneof(
    path.map((p) => `mkdir -p ${p}`),
    path.map((p) => `echo ${p} > ${p}`),
    path.map((p) => `echo more >> ${p}`),
    path.map((p) => `rm -rf ${p}`),
    path.map((p) => `chmod 700 ${p}`),
    path.map((p) => `chown 7:8 ${p}`),
    fc.tuple(path, path).map(([from, to]) => `mv ${from} ${to}`),
    fc.tuple(path, path).map(([from, to]) => `ln ${from} ${to}`),
    fc.tuple(path, path).map(([from, to]) => `ln -sf ${from} ${to}`),
    fc.constantFrom('rm -rf /etc/group', 'rm -rf /home', 'echo x >> /etc/passwd', 'touch /new', 'rm -rf /bin/vi /usr'),
  )

  /** What an export tells of a path: all but the body, and the body. */
  function told(archive: Uint8Array): ReadonlyMap<string, string> {
    const all = new Map<string, string>()
    for (const entry of decode(archive)) {
      const name = `/${entry.name.replace(/\/$/, '')}`
      const { type, mode, uid, gid, mtime, linkname, devmajor, devminor } = entry
      const own = [type, mode, uid, gid, mtime, linkname, devmajor, devminor, Buffer.from(entry.body).toString('hex')]
      // A further name of a file says what the first one says.
      all.set(name, type === HARD_LINK ? (all.get(`/${linkname}`) ?? '') : own.join())
    }
    return all
  }

  function difference(
    before: ReadonlyMap<string, string>,
    after: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, number> {
    const kinds = new Map<string, number>()
    const parent = (name: string) => name.slice(0, name.lastIndexOf('/'))
    for (const [name, what] of after) {
      const was = before.get(name)
      if (was !== what) kinds.set(name, was === undefined ? 1 : 0)
    }
    for (const name of before.keys())
      if (!after.has(name) && (parent(name) === '' || after.has(parent(name)))) kinds.set(name, 2)
    // A directory is told of for what changed in it.
    for (const name of [...kinds.keys()])
      for (let up = parent(name); up !== ''; up = parent(up)) if (!kinds.has(up)) kinds.set(up, 0)
    return kinds
  }

  test('whatever a program does', async () => {
    const origin = createWavetank({ seed: 'changes', clock: 'auto' })
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 25, size: 'max' }), async (commands) => {
        const tank = origin.fork()
        const script = `mkdir -p /srv; ${commands.join('; ')}; true`
        await ask(tank, 'POST', '/containers/create?name=box', { Image: 'busybox:1.36', Cmd: ['sh', '-c', script] })
        const before = told((await ask(tank, 'GET', '/containers/box/export')).bytes)
        tank.clock.advance(5000)
        await ask(tank, 'POST', '/containers/box/start')
        await ask(tank, 'POST', '/containers/box/wait')
        const after = told((await ask(tank, 'GET', '/containers/box/export')).bytes)
        const changes = json(await ask(tank, 'GET', '/containers/box/changes')) ?? []
        const seen = changes.map(({ Path, Kind }: { Path: string; Kind: number }) => [Path, Kind])
        expect([...seen].sort()).toEqual([...difference(before, after)].sort())
        tank.close()
      }),
      { numRuns: 60 },
    )
  })
})

describe('archives never lead out of the root', () => {
  const segment = fc.constantFrom('..', '..', '.', '', 'a', 'b', 'up', 'root', 'host', 'proc', 'self', 'etc')
  const path = fc.array(segment, { maxLength: 6 }).map((segments) => segments.join('/'))
  const absolute = path.map((one) => `/${one}`)
  const target = fc.oneof(path, absolute, fc.constantFrom('/', '/secret', '../../../../secret', '/proc/1/root/secret'))
  const entry: fc.Arbitrary<TarEntry> = fc.oneof(
    fc.tuple(fc.oneof(path, absolute), target).map(([name, linkname]) => tarEntry({ name, type: SYMLINK, linkname })),
    fc.tuple(fc.oneof(path, absolute), target).map(([name, linkname]) => tarEntry({ name, type: HARD_LINK, linkname })),
    fc.oneof(path, absolute).map((name) => tarEntry({ name: `${name}/`, type: DIRECTORY, mode: 0o755 })),
    fc.oneof(path, absolute).map((name) => tarEntry({ name, body: new TextEncoder().encode('mine') })),
  )
  const act = fc.oneof(
    fc.record({ put: absolute, entries: fc.array(entry, { minLength: 1, maxLength: 5 }) }),
    fc.record({ get: absolute }),
    fc.record({ head: absolute }),
  )
  const SECRET = 'this is the host’s'

  test('neither in nor out', async () => {
    const origin = createWavetank({ seed: 'roots', clock: 'auto' })
    origin.host.writeFileSync('/secret', SECRET)
    origin.host.mkdirSync('/shared')
    const body = { Image: 'busybox:1.36', Cmd: ['sleep', '1000'], HostConfig: { Binds: ['/shared:/host'] } }
    for (const name of ['box', 'other']) {
      await ask(origin, 'POST', `/containers/create?name=${name}`, body)
      await ask(origin, 'POST', `/containers/${name}/start`)
    }
    origin.container('other').fs.writeFileSync('/secret', SECRET)
    const outside = async (tank: Wavetank) => [
      tank.host.readdirSync('/').filter((name) => name !== 'shared'),
      tank.host.readFileSync('/secret', 'utf8'),
      json(await ask(tank, 'GET', '/containers/other/changes')),
    ]
    const untouched = await outside(origin)

    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12, size: 'max' }), async (acts) => {
        const tank = origin.fork()
        for (const one of acts) {
          const at = (given: string) => `/containers/box/archive?path=${encodeURIComponent(given)}`
          const { status, bytes } =
            'put' in one
              ? await ask(tank, 'PUT', at(one.put), encode(one.entries))
              : await ask(tank, 'get' in one ? 'GET' : 'HEAD', at('get' in one ? one.get : one.head))
          expect([200, 400, 403, 404, 500]).toContain(status)
          expect(Buffer.from(bytes).includes(SECRET)).toBe(false)
        }
        expect(await outside(tank)).toEqual(untouched)
        tank.close()
      }),
      { numRuns: 150 },
    )
  })
})
