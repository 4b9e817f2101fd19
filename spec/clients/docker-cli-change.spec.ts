import { describe, expect, it } from 'vitest'
import { BUSYBOX, daemon } from './daemon.ts'
import { dockerIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('docker update, rename, restart policies, prune, system', () => {
  const at = daemon('change')
  const state = async (name: string) =>
    (await at.docker.out('inspect', '-f', '{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}}', name)).trim()

  it('update', async () => {
    await at.detached('web', 'sleep', 'infinity')
    await at.docker.out(
      'update',
      '--memory',
      '64m',
      '--memory-swap',
      '128m',
      '--cpus',
      '0.5',
      '--restart',
      'on-failure:3',
      'web',
    )
    const settings = '{{.HostConfig.Memory}} {{.HostConfig.NanoCPUs}} {{json .HostConfig.RestartPolicy}}'
    expect(await at.docker.out('inspect', '-f', settings, 'web')).toBe(
      '67108864 500000000 {"Name":"on-failure","MaximumRetryCount":3}\n',
    )
    expect(await at.refusal('update', '--memory', '1m', 'web')).toBe('Minimum memory limit allowed is 6MB')
    expect(await at.refusal('update', '--restart', 'sometimes', 'web')).toBe(
      "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    )
  })

  it('rename', async () => {
    for (const name of ['one', 'two']) await at.docker.out('create', '--name', name, BUSYBOX)
    expect(await at.docker.out('rename', 'one', 'first')).toBe('')
    expect(await at.docker.out('ps', '-a', '--format', '{{.Names}}')).toBe('two\nfirst\n')
    const refused = async (...names: string[]) => (await at.refusal('rename', ...names)).split('\nError: failed')[0]
    expect(await refused('first', 'two')).toMatch(
      /^Error when allocating new name: Conflict\. The container name "\/two" is already in use by container "[0-9a-f]{64}"/,
    )
    expect(await refused('first', 'first')).toBe('Renaming a container with the same name as its current name')
    expect(await refused('first', 'bad name')).toContain('only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed')
    expect(await refused('nosuch', 'x1')).toBe('No such container: nosuch')
  })

  it('restart policies', async () => {
    await at.docker.out('run', '-d', '--name', 'twice', '--restart', 'on-failure:2', BUSYBOX, 'sh', '-c', 'exit 3')
    await at.docker.out('run', '-d', '--name', 'always', '--restart', 'always', BUSYBOX, 'sh', '-c', 'exit 0')
    at.tank.clock.advance(60_000)
    expect([await state('twice'), (await state('always')).replace(/ \d+$/, '')]).toEqual(['exited 3 2', 'restarting 0'])
    await at.docker.out('stop', 'always')
    at.tank.clock.advance(600_000)
    expect(await state('always')).toMatch(/^exited 0 /)
    const both = await at.docker.run(['run', '--rm', '--restart', 'always', BUSYBOX])
    expect(both.stderr).toContain('conflicting options: cannot specify both --restart and --rm')
  })

  it('prune of everything: what it frees adds up', async () => {
    const write = (path: string, size: number) => ['sh', '-c', `head -c ${size} /dev/zero > ${path}`]
    await at.docker.out('run', '--name', 'one', BUSYBOX, ...write('/big', 3000))
    await at.docker.out('run', '--name', 'two', '-v', 'data:/data', BUSYBOX, ...write('/data/big', 20_000))
    await at.docker.out('commit', 'one', 'mine:1')
    await at.docker.out('network', 'create', 'idle')
    expect(await at.docker.out('system', 'df', '--format', '{{.Type}}|{{.TotalCount}}|{{.Size}}')).toMatch(
      /\nContainers\|2\|3kB\nLocal Volumes\|1\|20kB\n/,
    )
    expect(await at.docker.out('container', 'prune', '-f')).toMatch(
      /^Deleted Containers:\n[0-9a-f]{64}\n[0-9a-f]{64}\n\nTotal reclaimed space: 3kB\n$/,
    )
    expect(await at.docker.out('volume', 'prune', '-f')).toBe('Total reclaimed space: 0B\n')
    expect(await at.docker.out('volume', 'prune', '-af')).toBe(
      'Deleted Volumes:\ndata\n\nTotal reclaimed space: 20kB\n',
    )
    expect(await at.docker.out('image', 'prune', '-f')).toBe('Total reclaimed space: 0B\n')
    const all = await at.docker.out('system', 'prune', '-af')
    expect(all).toMatch(/^Deleted Networks:\nidle\n\nDeleted Images:\n(.*\n)+\nTotal reclaimed space: [\d.]+kB\n$/)
    expect(await at.docker.out('images', '-q')).toBe('')
    expect(await at.refusal('container', 'prune', '-f', '--filter', 'nosuch=1')).toBe("invalid filter 'nosuch'")
  })

  it('prune by label and age leaves the rest', async () => {
    await at.docker.out('create', '--name', 'kept', '--label', 'keep', BUSYBOX)
    await at.docker.out('create', '--name', 'gone', BUSYBOX)
    await at.docker.out('container', 'prune', '-f', '--filter', 'label!=keep')
    expect(await at.docker.out('ps', '-a', '--format', '{{.Names}}')).toBe('kept\n')
    await at.docker.out('system', 'prune', '-f', '--filter', 'label=other')
    await at.docker.out('container', 'prune', '-f', '--filter', 'until=2000-01-01T00:00:00Z')
    expect(await at.docker.out('ps', '-a', '--format', '{{.Names}}')).toBe('kept\n')
  })

  it('version, info, df', async () => {
    expect(await at.docker.out('version', '-f', '{{.Server.Version}} {{.Server.APIVersion}} {{.Server.Os}}')).toBe(
      '28.5.2 1.51 linux\n',
    )
    await at.detached('web', 'sleep', 'infinity')
    await at.docker.out('create', BUSYBOX)
    const counts = '{{.Containers}} {{.ContainersRunning}} {{.ContainersStopped}} {{.Images}} {{.Driver}} {{.OSType}}'
    expect(await at.docker.out('info', '-f', counts)).toBe('2 1 1 3 vfs linux\n')
    expect(await at.docker.out('system', 'df', '-v')).toMatch(
      /Containers space usage:\n\nCONTAINER ID .*\n[0-9a-f]{12} /,
    )
    expect(await at.docker.out('ps', '-s', '--format', '{{.Names}} {{.Size}}')).toMatch(
      /^web 0B \(virtual [\d.]+k?B\)\n$/,
    )
  })
})
