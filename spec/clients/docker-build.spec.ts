import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { BUSYBOX, daemon } from './daemon.ts'
import { DockerCli, dockerIsHere } from './docker.ts'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/dockerfiles')
const hits = (text: string) => (text.match(/ ---> Using cache\n/g) ?? []).length
const idIn = (text: string) => /Successfully built ([0-9a-f]{12})\n/.exec(text)?.[1]

/** Whether the CLI has no plugin for BuildKit; else the reason is printed. */
function buildxIsMissing(): boolean {
  if (spawnSync('docker', ['buildx', 'version'], { stdio: 'ignore' }).status !== 0) return true
  console.warn('skipped: the docker CLI of this machine has its buildx plugin')
  return false
}

describe.runIf(dockerIsHere())('docker build', () => {
  // The plugin that speaks BuildKit may be on this machine; what is tried here is the classic builder.
  vi.stubEnv('DOCKER_BUILDKIT', '0')
  const world = daemon('build')

  /** A fresh context with these files. */
  function context(files: Readonly<Record<string, string>>): string {
    const folder = join(world.folder, 'context')
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
  }

  describe.each([
    ['multi-stage', 9],
    ['onbuild', 8],
    ['add-archives', 4],
  ])('%s', (name, steps) => {
    it('builds twice, the second time from the cache', async () => {
      const folder = join(world.folder, name)
      cpSync(join(FIXTURES, name), folder, { recursive: true })
      const first = await world.docker.out('build', '-t', `fx:${name}`, folder)
      expect(first).toContain(`Step ${steps}/${steps} : `)
      expect(first).toMatch(new RegExp(`Successfully tagged fx:${name}\\n$`))
      expect(hits(first)).toBe(0)
      const again = await world.docker.out('build', '-t', `fx:${name}`, folder)
      // FROM and global arguments are no steps of the cache.
      const cacheable = again.match(/^Step \d+\/\d+ : (?!FROM|ARG BASE)/gm)!.length
      expect(hits(again)).toBe(cacheable)
      expect(idIn(again)).toBe(idIn(first))
    })
  })

  it('what was built runs, and tells its history', async () => {
    await world.docker.out('build', '-q', '-t', 'made', join(FIXTURES, 'multi-stage'))
    expect(await world.docker.out('run', '--rm', 'made')).toBe('made of a\n')
    const history = await world.docker.out('history', '--no-trunc', '--format', '{{.CreatedBy}}', 'made')
    expect(
      history
        .replace(/file:[0-9a-f]{64}/, 'file:<hash>')
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      '/bin/sh -c #(nop)  CMD ["/result/out.txt"]',
      '/bin/sh -c #(nop)  ENTRYPOINT ["cat"]',
      '/bin/sh -c #(nop) COPY --chown=1000:1000file:<hash> in /result/ ',
      '/bin/sh -c #(nop)  LABEL org.example.stage=second one',
    ])
    await world.docker.out('tag', 'made', 'acme/made:2')
    expect(await world.docker.out('images', '-q', 'acme/made:2')).toBe(await world.docker.out('images', '-q', 'made'))
  })

  it('leaves out what .dockerignore says, and triggers what waits for the next build', async () => {
    await world.docker.out('build', '-t', 'added', join(FIXTURES, 'add-archives'))
    expect(await world.docker.out('run', '--rm', 'added', 'ls', '/context')).toBe(
      'Dockerfile\nfiles.tar.gz\nkept.txt\n',
    )
    await world.docker.out('build', '-t', 'base', '--build-arg', 'VERSION=2', join(FIXTURES, 'onbuild'))
    const next = await world.docker.out('build', '-t', 'next', context({ Dockerfile: 'FROM base\n' }))
    expect(next).toContain('# Executing 1 build trigger\n')
    expect(await world.docker.out('run', '--rm', 'next', 'cat', '/copied')).toBe('hello world 2 fallback set\n')
  })

  it('pulls a base image that is not there, and installs packages', async () => {
    const dockerfile =
      'FROM alpine:latest\nRUN mkdir -p /app && echo hi > /app/x && addgroup -S app && apk add --no-cache curl\n'
    const text = await world.docker.out('build', '-t', 'app', context({ Dockerfile: dockerfile }))
    expect(text).toContain('latest: Pulling from library/alpine\n')
    expect(text).toMatch(/\(10\/10\) Installing curl \(8\.9\.1-r1\)\n[\s\S]*OK: 13 MiB in 24 packages\n/)
    expect(await world.docker.out('run', '--rm', 'app', 'sh', '-c', 'cat /app/x; which curl')).toBe(
      'hi\n/usr/bin/curl\n',
    )
  })

  it('ends with the code of the RUN that failed, and shows its errors', async () => {
    const folder = context({ Dockerfile: `FROM ${BUSYBOX}\nRUN echo no >&2; exit 7\n` })
    const { stdout, stderr, status } = await world.docker.run(['build', folder])
    expect(status).toBe(7)
    expect(stdout).toContain('\u001b[91mno\n\u001b[0m')
    expect(stderr).toContain("The command '/bin/sh -c echo no >&2; exit 7' returned a non-zero code: 7")
  })

  it('a Dockerfile from standard input, and one that makes no sense', async () => {
    const good = await world.docker.run(['build', '-q', '-'], `FROM ${BUSYBOX}\nENV A=1\n`)
    expect(good.stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/)
    const bad = await world.docker.run(['build', '-'], `FROM ${BUSYBOX}\nFOO x\n`)
    expect([bad.status, bad.stderr.includes('dockerfile parse error on line 2: unknown instruction: FOO')]).toEqual([
      1,
      true,
    ])
  })

  it('interrupted, it leaves nothing', async () => {
    const folder = context({ Dockerfile: `FROM ${BUSYBOX}\nRUN while true; do echo begun; sleep 1; done\n` })
    await world.docker.interrupted(['build', '-t', 'never', folder], 'begun')
    await vi.waitFor(async () => expect(await world.docker.out('ps', '-aq')).toBe(''), { timeout: 30_000 })
    expect((await world.docker.run(['image', 'inspect', 'never'])).status).toBe(1)
  })

  it('a compressed context', async () => {
    const folder = context({ Dockerfile: 'FROM scratch\nCOPY f /f\n', f: 'data' })
    expect(await world.docker.out('build', '--compress', '-t', 'packed', folder)).toContain(
      'Successfully tagged packed:latest\n',
    )
    expect(world.tank.image('packed').fs.readFileSync('/f', 'utf8')).toBe('data')
  })

  it('takes steps from an image that it pulled', async () => {
    const dockerfile = `FROM ${BUSYBOX}\nRUN echo made > /f\n`
    await world.docker.out('build', '-t', 'one', context({ Dockerfile: dockerfile }))
    const archive = join(world.folder, 'one.tar')
    await world.docker.out('save', '-o', archive, 'one')
    await world.docker.out('rmi', 'one')
    await world.docker.out('load', '-i', archive)
    expect(hits(await world.docker.out('build', '--cache-from', 'one', context({})))).toBe(1)
  })

  it.runIf(buildxIsMissing())('without its buildx plugin it builds, and says that this builder is old', async () => {
    vi.stubEnv('DOCKER_BUILDKIT', undefined)
    const plain = new DockerCli(`unix://${join(world.folder, 'docker.sock')}`, world.folder)
    const { stdout, stderr, status } = await plain.run(['build', context({ Dockerfile: `FROM ${BUSYBOX}\n` })])
    plain.close()
    vi.stubEnv('DOCKER_BUILDKIT', '0')
    expect([status, stdout.includes('Successfully built')]).toEqual([0, true])
    expect(stderr).toContain('Install the buildx component to build images with BuildKit')
  })
})
