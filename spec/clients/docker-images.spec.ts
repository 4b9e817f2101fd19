import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, image, type Wavetank } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { DockerCli, dockerIsHere } from './docker.ts'

const ID = /^sha256:[0-9a-f]{64}\n$/

interface World {
  readonly tank: Wavetank
  readonly listening: Listening
  readonly docker: DockerCli
}

describe.runIf(dockerIsHere())('images by the docker CLI', () => {
  let folder: string
  let worlds: World[]
  let docker: DockerCli
  let tank: Wavetank

  const open = async (options = {}): Promise<World> => {
    const one = createWavetank({ seed: 'images', clock: 'auto', ...options })
    const listening = await listen(one, { socketPath: join(folder, `${worlds.length}.sock`) })
    const world = { tank: one, listening, docker: new DockerCli(listening.dockerHost) }
    worlds.push(world)
    return world
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-images-'))
    worlds = []
    ;({ docker, tank } = await open())
  })
  afterEach(async () => {
    for (const world of worlds) {
      world.docker.close()
      world.tank.close()
      await world.listening.close()
    }
    rmSync(folder, { recursive: true })
  })

  const idOf = async (cli: DockerCli, name: string) => (await cli.out('image', 'inspect', '-f', '{{.Id}}', name)).trim()
  const refused = async (...args: string[]) => {
    const { status, stderr } = await docker.run(args)
    expect(status).not.toBe(0)
    return stderr
  }

  it('images, with filters and digests', async () => {
    const names = (...args: string[]) => docker.out('images', '--format', '{{.Repository}}:{{.Tag}}', ...args)
    expect((await names()).trim().split('\n').sort()).toEqual(['alpine:3.20', 'busybox:1.36', 'hello-world:latest'])
    expect(await names('busybox')).toBe('busybox:1.36\n')
    expect(await names('--filter', 'reference=al*')).toBe('alpine:3.20\n')
    expect(await names('--filter', 'dangling=true')).toBe('')
    await docker.out('pull', '-q', 'redis:7')
    const digests = await docker.out('images', '--digests', '--format', '{{.Digest}}', 'redis')
    expect(digests).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  })

  it('tag, rmi: a name goes, then the image', async () => {
    await docker.out('tag', 'busybox:1.36', 'me/tools:1')
    const id = await idOf(docker, 'busybox:1.36')
    expect(await docker.out('rmi', 'busybox:1.36')).toBe('Untagged: busybox:1.36\n')
    expect(await docker.out('rmi', 'me/tools:1')).toMatch(
      new RegExp(`^Untagged: me/tools:1\nDeleted: ${id}\nDeleted: sha256:[0-9a-f]{64}\n$`),
    )
    expect(await refused('tag', 'busybox:1.36', 'x')).toContain('No such image: busybox:1.36')
  })

  it('save | load into another tank gives the same image', async () => {
    await docker.out('run', '--name', 'web', 'alpine:3.20', 'sh', '-c', 'rm /etc/profile; echo mine > /srv/mine')
    await docker.out('commit', 'web', 'me/app:1')
    const archive = join(folder, 'saved.tar')
    await docker.out('save', '-o', archive, 'me/app:1', 'busybox:1.36')
    const other = await open({ images: {} })
    expect(await other.docker.out('load', '-q', '-i', archive)).toBe(
      'Loaded image: me/app:1\nLoaded image: busybox:1.36\n',
    )
    for (const name of ['me/app:1', 'busybox:1.36'])
      expect(await idOf(other.docker, name)).toBe(await idOf(docker, name))
    expect(await other.docker.out('run', '--rm', 'me/app:1', 'cat', '/srv/mine')).toBe('mine\n')
    expect((await other.docker.run(['run', '--rm', 'me/app:1', 'cat', '/etc/profile'])).status).toBe(1)
    const again = join(folder, 'again.tar')
    await other.docker.out('save', '-o', again, 'me/app:1', 'busybox:1.36')
    expect(readFileSync(again).equals(readFileSync(archive))).toBe(true)
  })

  it('load of what is no archive is refused, and nothing has changed', async () => {
    const garbage = join(folder, 'garbage')
    writeFileSync(garbage, 'garbage'.repeat(200))
    const before = tank.engine.store.state.images
    expect(await refused('load', '-i', garbage)).toContain('archive/tar: invalid tar header')
    expect(tank.engine.store.state.images).toBe(before)
  })

  it('commit with changes, author and message; history', async () => {
    await docker.out('create', '--name', 'web', 'busybox:1.36', 'true')
    const changes = ['CMD ["echo","hi"]', 'ENV A=b', 'EXPOSE 80', 'LABEL team=a'].flatMap((line) => ['-c', line])
    expect(await docker.out('commit', '-a', 'Me <me@example.com>', '-m', 'mine', ...changes, 'web', 'me/app')).toMatch(
      ID,
    )
    expect(await docker.out('run', '--rm', 'me/app')).toBe('hi\n')
    const said = await docker.out('inspect', '-f', '{{.Author}}|{{.Comment}}|{{json .Config.ExposedPorts}}', 'me/app')
    expect(said).toBe('Me <me@example.com>|mine|{"80/tcp":{}}\n')
    const history = await docker.out('history', '--no-trunc', '--format', '{{.CreatedBy}}|{{.Comment}}', 'me/app')
    expect(history).toBe('true|mine\nBusyBox 1.36.1 (glibc), Debian 12|\n')
    expect(await docker.out('history', '-q', 'me/app')).toMatch(/^[0-9a-f]{12}\n[0-9a-f]{12}\n$/)
    expect(await refused('commit', '-c', 'RUN true', 'web')).toContain('RUN is not a valid change command')
  })

  it('export | import is the same tree in one layer', async () => {
    await docker.out('run', '--name', 'web', 'alpine:3.20', 'sh', '-c', 'echo mine > /srv/mine; rm -r /etc/apk')
    const tree = join(folder, 'tree.tar')
    await docker.out('export', '-o', tree, 'web')
    expect(await docker.out('import', '-c', 'CMD ["cat","/srv/mine"]', '-m', 'flat', tree, 'me/flat:1')).toMatch(ID)
    expect(await docker.out('run', '--rm', 'me/flat:1')).toBe('mine\n')
    expect((await docker.run(['run', '--rm', 'me/flat:1', 'ls', '/etc/apk'])).status).toBe(1)
    expect((await docker.out('inspect', '-f', '{{len .RootFS.Layers}} {{.Comment}}', 'me/flat:1')).trim()).toBe(
      '1 flat',
    )
    const again = join(folder, 'again.tar')
    await docker.out('create', '--name', 'again', 'me/flat:1')
    await docker.out('export', '-o', again, 'again')
    expect(readFileSync(again).equals(readFileSync(tree))).toBe(true)
  })

  it('rmi conflicts, in the daemon’s words', async () => {
    const id = (await idOf(docker, 'busybox:1.36')).slice('sha256:'.length, 'sha256:'.length + 12)
    const container = (await docker.out('run', '-d', 'busybox:1.36', 'sleep', '1000')).slice(0, 12)
    expect(await refused('rmi', 'busybox:1.36')).toContain(
      `conflict: unable to remove repository reference "busybox:1.36" (must force) - container ${container} is using its referenced image ${id}`,
    )
    expect(await refused('rmi', '-f', id)).toContain(
      `conflict: unable to delete ${id} (cannot be forced) - image is being used by running container ${container}`,
    )
    await docker.out('kill', container)
    expect(await refused('rmi', id)).toContain(
      `conflict: unable to delete ${id} (must be forced) - image is being used by stopped container ${container}`,
    )
    await docker.out('tag', 'busybox:1.36', 'me/other')
    await docker.out('rm', container)
    expect(await refused('rmi', id)).toContain(
      `conflict: unable to delete ${id} (must be forced) - image is referenced in multiple repositories`,
    )
    await docker.out('create', '--name', 'web', 'busybox:1.36')
    await docker.out('commit', 'web', 'me/child')
    await docker.out('rm', 'web')
    await docker.out('rmi', 'me/other')
    expect(await refused('rmi', id)).toContain(
      `conflict: unable to delete ${id} (cannot be forced) - image has dependent child images`,
    )
  })

  it('image prune: what has no name, then what nobody uses', async () => {
    await docker.out('create', '--name', 'web', 'busybox:1.36')
    await docker.out('commit', 'web')
    const [deleted] = (await docker.out('image', 'prune', '-f')).split('\n').slice(1)
    expect(deleted).toMatch(/^deleted: sha256:[0-9a-f]{64}$/)
    expect(await docker.out('image', 'prune', '-f')).toBe('Total reclaimed space: 0B\n')
    expect(await docker.out('image', 'prune', '-af')).toContain('untagged: alpine:3.20')
    expect(await docker.out('images', '--format', '{{.Repository}}')).toBe('busybox\n')
  })

  it('an image that was declared runs with its program, and travels without it', async () => {
    tank.images.add(image('acme/api:1', { from: 'busybox:1.36', program: [{ print: 'ready', exit: 3 }] }))
    expect(await docker.run(['run', '--rm', 'acme/api:1'])).toMatchObject({ stdout: 'ready\n', status: 3 })
    expect(await docker.out('system', 'df', '--format', '{{.Type}} {{.TotalCount}}')).toContain('Images 4')
  })
})
