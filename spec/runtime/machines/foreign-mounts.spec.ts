import fc from 'fast-check'
import { memfs } from 'memfs'
import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../../src/index.ts'
import { docker } from '../docker.ts'

const idle = { Cmd: ['sleep', '100000'] }

async function world(to: string, tree: Record<string, string | null> = {}) {
  const tank = createWavetank()
  const { fs } = memfs(tree)
  const off = tank.mount(to, fs)
  const calls = docker(tank)
  await calls.run('aa', { ...idle, HostConfig: { Binds: [`${to}:/d`] } })
  return { tank, fs, off, ...calls }
}

describe.each(['/srv/data', 'data'])('a volume of the caller’s under %s', (to) => {
  it('is what programs see, and what they write appears in it', async () => {
    const { fs, exec } = await world(to, { '/a': 'one', '/sub/b': 'two' })
    expect(await exec('aa', 'cat /d/a /d/sub/b')).toBe('onetwo')
    fs.writeFileSync('/a', 'three')
    fs.rmSync('/sub', { recursive: true })
    expect(await exec('aa', 'cat /d/a; ls /d')).toBe('threea\n')
    await exec('aa', 'mkdir -p /d/x/y; echo new >/d/x/y/z; rm /d/a; ln -s z /d/x/y/l; chmod 600 /d/x/y/z')
    expect(fs.readFileSync('/x/y/z', 'utf8')).toBe('new\n')
    expect(fs.readlinkSync('/x/y/l')).toBe('z')
    expect(Number(fs.statSync('/x/y/z').mode) & 0o777).toBe(0o600)
    expect(fs.existsSync('/a')).toBe(false)
  })

  it('sees two writes of the same size at the same instant', async () => {
    const { fs, exec } = await world(to, { '/a': '1' })
    for (const text of ['2', '3', '4', '5']) {
      fs.writeFileSync('/a', text)
      expect(await exec('aa', 'cat /d/a')).toBe(text)
    }
  })

  it('stays on the disk when it is taken off, and is alone from then on', async () => {
    const { fs, off, exec } = await world(to, { '/a': 'one' })
    off()
    fs.writeFileSync('/a', 'two')
    await exec('aa', 'echo x >/d/b')
    expect(await exec('aa', 'cat /d/a')).toBe('one')
    expect(fs.existsSync('/b')).toBe(false)
  })

  it('is followed by programs that run on', async () => {
    const { tank, fs, run, logs } = await world(to, { '/f': 'a\n' })
    await run('tail', { Cmd: ['tail', '-f', '/d/f'], HostConfig: { Binds: [`${to}:/d`] } })
    tank.clock.advance(2_000)
    fs.appendFileSync('/f', 'b\n')
    tank.clock.advance(2_000)
    expect(await logs('tail')).toBe('a\nb\n')
  })
})

it('both sides are the same after any changes', async () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const path = fc.tuple(name, name).map(([a, b]) => `/${a}/${b}`)
  const step = fc.record({ side: fc.boolean(), path, text: fc.option(fc.string({ maxLength: 3 })) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const tank = createWavetank()
      const { fs } = memfs()
      tank.mount('/srv/data', fs)
      const ours = tank.host
      for (const { side, path, text } of steps) {
        const [to, at] = side ? [fs, path] : [ours, `/srv/data${path}`]
        tank.clock.advance(0)
        if (text === null) to.rmSync(at, { force: true })
        else {
          to.mkdirSync(at.slice(0, -2), { recursive: true })
          to.writeFileSync(at, text)
        }
      }
      tank.clock.advance(0)
      const files = (of: Pick<typeof fs, 'readdirSync' | 'statSync' | 'readFileSync'>, root: string) =>
        ['a', 'b', 'c'].flatMap((dir) =>
          ['a', 'b', 'c'].flatMap((file) => {
            try {
              return [[dir, file, String(of.readFileSync(`${root}/${dir}/${file}`, 'utf8'))]]
            } catch {
              return []
            }
          }),
        )
      expect(files(ours, '/srv/data')).toEqual(files(fs, ''))
    }),
    { numRuns: 40 },
  )
})
