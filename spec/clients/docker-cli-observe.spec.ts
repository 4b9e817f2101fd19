import { describe, expect, it } from 'vitest'
import { BUSYBOX, daemon } from './daemon.ts'
import { dockerIsHere, terminalIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('docker events, logs, attach, stats, top, diff, export', () => {
  const at = daemon('observe')
  const SAYS = ['sh', '-c', 'echo one; echo two >&2; sleep 10; echo three; exit 4']
  const seconds = (after = 0) => String(Math.floor(at.tank.clock.now / 1e6) + after)

  it('events: --since, --until, --filter, --format', async () => {
    await at.docker.run(['run', '--name', 'one', '--label', 'l=1', BUSYBOX, 'sh', '-c', 'sleep 1; exit 5'])
    await at.docker.out('rename', 'one', 'two')
    await at.docker.out('volume', 'create', 'data')
    await at.docker.out('rm', 'two')
    const format = '{{.Type}} {{.Action}}{{with .Actor.Attributes.exitCode}} {{.}}{{end}}'
    const told = (...args: string[]) =>
      at.docker.out('events', '--since', '1735689600', '--until', seconds(1), '--format', format, ...args)
    expect(await told()).toBe(
      `${['container create', 'container attach', 'network connect', 'container start', 'network disconnect', 'container die 5', 'container rename', 'volume create', 'container destroy'].join('\n')}\n`,
    )
    expect(await told('--filter', 'type=container', '--filter', 'event=die')).toBe('container die 5\n')
    expect(await told('--filter', 'label=l=1', '--filter', 'event=create')).toBe('container create\n')
    expect(await told('--filter', 'container=two')).toBe('container rename\ncontainer destroy\n')
    expect(await told('--filter', 'volume=data')).toBe('volume create\n')
    expect(await at.docker.out('events', '--since', '0', '--until', '1')).toBe('')
  })

  it('events as they happen, until nobody listens', async () => {
    const live = at.docker.interrupted(
      ['events', '--since', seconds(), '--filter', 'type=container', '--format', '{{json .Action}}'],
      '"die"',
    )
    await at.docker.out('run', '-d', BUSYBOX, 'true')
    expect((await live).stdout).toBe('"create"\n"start"\n"die"\n')
  })

  it('logs: --since, --until, --tail, -t, -f', async () => {
    await at.detached('says', ...SAYS)
    const logs = (...args: string[]) => at.docker.run(['logs', ...args, 'says'])
    expect(await logs('-f')).toMatchObject({ stdout: 'one\nthree\n', stderr: 'two\n' })
    expect((await logs('--tail', '1', '-t')).stdout).toMatch(/^2025-01-01T00:00:1\d\.\d{9}Z three\n$/)
    expect((await logs('--since', '2025-01-01T00:00:05Z')).stdout).toBe('three\n')
    expect((await logs('--until', '2025-01-01T00:00:05Z')).stdout).toBe('one\n')
    expect((await logs('-n', '0')).stdout).toBe('')
    await at.docker.out('create', '--name', 'mute', '--log-driver', 'none', BUSYBOX)
    expect(await at.refusal('logs', 'mute')).toBe('configured logging driver does not support reading')
    expect(await at.refusal('logs', 'nosuch')).toBe('No such container: nosuch')
  })

  it('attach: what comes from now on, and the status', async () => {
    await at.detached('says', 'sh', '-c', 'trap "echo int; exit 4" INT; while :; do echo tick; sleep 100; done')
    // The signal goes on to the container.
    const { stdout } = await at.docker.interrupted(['attach', 'says'], 'tick')
    expect(stdout).toMatch(/^(tick\n)+int\n$/)
    expect(await at.docker.out('wait', 'says')).toBe('4\n')
    expect((await at.docker.run(['attach', 'nosuch'])).stderr).toContain('No such container: nosuch')
    await at.docker.out('create', '--name', 'idle', BUSYBOX, 'true')
    expect((await at.docker.run(['attach', 'idle'])).stderr).toBe(
      'You cannot attach to a stopped container, start it first\n',
    )
  })

  it.runIf(terminalIsHere())('attach on a terminal, and detach with keys of one’s own', async () => {
    await at.docker.out('run', '-dit', '--name', 'sh', BUSYBOX, 'sh')
    const { stdout } = await at.docker.onTerminal(
      ['attach', '--detach-keys', 'ctrl-x,x', 'sh'],
      [
        ['', 'echo $((6*7))\n'],
        ['42', '\x18x'],
      ],
    )
    expect(stdout).toContain('42\r\n')
    expect(stdout).toContain('read escape sequence')
    expect(await at.docker.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('sh running\n')
  })

  it('wait: of many, of those that ended before', async () => {
    await at.detached('three', 'sh', '-c', 'exit 3')
    await at.detached('four', ...SAYS)
    expect(await at.docker.out('wait', 'three', 'four', 'three')).toBe('3\n4\n3\n')
    expect(await at.refusal('wait', 'nosuch')).toBe('No such container: nosuch')
  })

  it('stats: once and as a stream', async () => {
    await at.detached('busy', 'sh', '-c', 'sleep infinity & sleep infinity')
    const format = ['--format', '{{.Name}}|{{.PIDs}}|{{.MemUsage}}|{{.NetIO}}']
    const line = /^busy\|\d+\|[\d.]+[KMG]iB \/ [\d.]+GiB\|[\d.]+k?B \/ [\d.]+k?B\n/
    expect(await at.docker.out('stats', '--no-stream', ...format)).toMatch(line)
    expect((await at.docker.interrupted(['stats', ...format, 'busy'], 'GiB')).stdout).toMatch(/busy\|\d+\|/)
    await at.docker.out('kill', 'busy')
    expect(await at.docker.out('stats', '--no-stream', ...format, 'busy')).toMatch(/^busy\|0\|0B \/ 0B\|0B \/ 0B\n$/)
    expect((await at.docker.run(['stats', '--no-stream', 'nosuch'])).stderr).toContain('No such container: nosuch')
  })

  it('top', async () => {
    await at.detached('web', 'sh', '-c', 'sleep infinity & sleep inf; true')
    const [head, ...rows] = (await at.docker.out('top', 'web')).trimEnd().split('\n')
    expect(head).toMatch(/^UID +PID +PPID +C +STIME +TTY +TIME +CMD$/)
    expect(rows.map((row) => row.split(/ +/).slice(7).join(' '))).toEqual([
      'sh -c sleep infinity & sleep inf; true',
      'sleep infinity',
      'sleep inf',
    ])
    expect(await at.docker.out('top', 'web', '-o', 'pid,comm')).toMatch(
      /^PID +COMMAND\n\d+ +sh\n\d+ +sleep\n\d+ +sleep\n$/,
    )
    await at.docker.out('kill', 'web')
    expect(await at.refusal('top', 'web')).toMatch(/^container [0-9a-f]{64} is not running$/)
  })

  it('diff and export tell of the same files', async () => {
    await at.docker.run(['run', '--name', 'box', BUSYBOX, 'sh', '-c', 'echo x > /new; rm /etc/group; mkdir /tmp/d'])
    expect(await at.docker.out('diff', 'box')).toBe('C /etc\nD /etc/group\nA /new\nC /tmp\nA /tmp/d\n')
    await at.docker.out('export', '-o', 'box.tar', 'box')
    await at.docker.out('import', 'box.tar', 'flat:1')
    expect(await at.docker.run(['run', '--rm', 'flat:1', '/bin/sh', '-c', 'cat /new; cat /etc/group'])).toEqual({
      stdout: 'x\n',
      stderr: "cat: can't open '/etc/group': No such file or directory\n",
      status: 1,
    })
  })
})
