import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { publish } from '../../src/node/index.ts'
import { freePort } from '../node/free-port.ts'
import { BUSYBOX, daemon } from './daemon.ts'
import { dockerIsHere } from './docker.ts'

const SERVE = ['sh', '-c', 'mkdir /w; echo page > /w/index.html; exec httpd -f -p 80 -h /w']

describe.runIf(dockerIsHere())('docker network, -p', () => {
  const at = daemon('networks')
  const { refusal } = at
  const create = (name: string, ...args: string[]) => at.docker.out('network', 'create', ...args, name)
  const on = (network: string, name: string, ...args: string[]) =>
    at.docker.out('run', '-d', '--net', network, '--name', name, ...args)
  const page = async (host: string) => {
    const { stdout, stderr, status } = await at.docker.run(['exec', 'cli', 'wget', '-qO-', `http://${host}/`])
    return status === 0 ? stdout : stderr
  }

  it('create, ls, inspect', async () => {
    expect(await create('plain', '--label', 'a=b')).toMatch(/^[0-9a-f]{64}\n$/)
    await create(
      'own',
      '--subnet',
      '10.9.0.0/24',
      '--ip-range',
      '10.9.0.128/25',
      '--gateway',
      '10.9.0.254',
      '--internal',
    )
    const list = (...args: string[]) => at.docker.out('network', 'ls', '--format', '{{.Name}}|{{.Driver}}', ...args)
    expect(await list()).toBe('bridge|bridge\nhost|host\nnone|null\nown|bridge\nplain|bridge\n')
    expect([await list('-f', 'type=custom'), await list('-f', 'label=a')]).toEqual([
      'own|bridge\nplain|bridge\n',
      'plain|bridge\n',
    ])
    expect(await at.docker.out('network', 'inspect', '-f', '{{json .IPAM.Config}} {{.Internal}}', 'own')).toBe(
      '[{"Subnet":"10.9.0.0/24","IPRange":"10.9.0.128/25","Gateway":"10.9.0.254"}] true\n',
    )
  })

  it('names and aliases lead to containers of the network, only while both are on it', async () => {
    await create('net', '--subnet', '10.9.0.0/24')
    await on('net', 'web', '--network-alias', 'www', BUSYBOX, ...SERVE)
    await on('net', 'cli', BUSYBOX, 'sleep', 'infinity')
    expect([await page('web'), await page('www'), await page('10.9.0.2')]).toEqual(['page\n', 'page\n', 'page\n'])
    expect(await page('web:81')).toBe("wget: can't connect to remote host (10.9.0.2): Connection refused\n")
    await at.docker.out('network', 'disconnect', 'net', 'cli')
    expect(await page('web')).toBe("wget: bad address 'web'\n")
    await at.docker.out('network', 'connect', '--ip', '10.9.0.77', '--alias', 'me', 'net', 'cli')
    expect(await page('web')).toBe('page\n')
    const address = '{{(index .NetworkSettings.Networks "net").IPAddress}}'
    expect(await at.docker.out('inspect', '-f', address, 'web', 'cli')).toBe('10.9.0.2\n10.9.0.77\n')
    expect(await at.docker.out('exec', 'web', 'ping', '-c', '1', '-q', 'me')).toContain('PING me (10.9.0.77)')
  })

  it('inspect shows who is on it, rm refuses while somebody is, prune takes what nobody uses', async () => {
    await create('used')
    await create('idle')
    await on('used', 'web', BUSYBOX, 'sleep', 'infinity')
    const names = '{{range .Containers}}{{.Name}} {{end}}'
    expect(await at.docker.out('network', 'inspect', '-f', names, 'used')).toBe('web \n')
    expect(await refusal('network', 'rm', 'used')).toMatch(
      /^error while removing network: network used has active endpoints \(name:"web" id:"[0-9a-f]{12}"\)/,
    )
    expect(await at.docker.out('network', 'prune', '-f')).toBe('Deleted Networks:\nidle\n\n')
    await at.docker.out('rm', '-f', 'web')
    expect(await at.docker.out('network', 'rm', 'used')).toBe('used\n')
  })

  it('--net none, host, container:', async () => {
    await at.detached('web', 'sleep', 'infinity')
    const settings = '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}{{.HostConfig.NetworkMode}}'
    for (const mode of ['none', 'host', 'container:web'])
      await on(mode, mode.split(':')[0]!, BUSYBOX, 'sleep', 'infinity')
    expect(await at.docker.out('inspect', '-f', settings, 'none', 'host', 'container')).toMatch(
      /^none none\nhost host\ncontainer:/,
    )
    expect(await refusal('run', '--net', 'container:web', '-p', '80:80', BUSYBOX)).toBe(
      'conflicting options: port publishing and the container type network mode',
    )
    expect(
      await at.docker.out(
        'run',
        '--rm',
        '-h',
        'mine',
        '--add-host',
        'foo:1.2.3.4',
        BUSYBOX,
        'sh',
        '-c',
        'hostname; grep foo /etc/hosts',
      ),
    ).toBe('mine\n1.2.3.4\tfoo\n')
  })

  it('container: shares one network stack; --link gives a name and an environment; --dns', async () => {
    await at.detached('web', ...SERVE)
    const ran = (...args: string[]) => at.docker.out('run', '--rm', ...args)
    expect(await ran('--net', 'container:web', BUSYBOX, 'wget', '-qO-', 'http://localhost/')).toBe('page\n')
    expect(await ran('--link', 'web:www', BUSYBOX, 'wget', '-qO-', 'http://www/')).toBe('page\n')
    const id = (await at.docker.out('inspect', '-f', '{{.Id}}', 'web')).trim()
    await on('container:web', 'joined', BUSYBOX, 'sleep', 'infinity')
    expect(await at.docker.out('inspect', '-f', '{{.HostConfig.NetworkMode}}', 'joined')).toBe(`container:${id}\n`)
    expect(await ran('--dns', '9.9.9.9', '--dns-search', 'a.b', BUSYBOX, 'cat', '/etc/resolv.conf')).toMatch(
      /nameserver 9\.9\.9\.9\nsearch a\.b\n|search a\.b\nnameserver 9\.9\.9\.9\n/,
    )
  })

  it('published ports: port, a page by curl, a clash', async () => {
    const ports = publish(at.tank)
    const port = await freePort()
    await on('bridge', 'web', '-p', `127.0.0.1:${port}:80`, '-p', '53/udp', BUSYBOX, ...SERVE)
    expect(await at.docker.out('port', 'web')).toMatch(
      new RegExp(`^53/udp -> 0\\.0\\.0\\.0:3\\d{4}\n53/udp -> \\[::\\]:3\\d{4}\n80/tcp -> 127\\.0\\.0\\.1:${port}\n$`),
    )
    expect(await at.docker.out('port', 'web', '80')).toBe(`127.0.0.1:${port}\n`)
    expect(await curl(`http://127.0.0.1:${port}/`)).toBe('page\n')
    expect((await at.docker.run(['port', 'web', '81'])).stderr).toContain("No public port '81' published for web")
    expect(await refusal('run', '--name', 'second', '-p', `127.0.0.1:${port}:80`, BUSYBOX)).toMatch(
      new RegExp(
        `^failed to set up container networking: driver failed programming external connectivity on endpoint second \\([0-9a-f]{64}\\): Bind for 127\\.0\\.0\\.1:${port} failed: port is already allocated$`,
      ),
    )
    await at.docker.out('rm', '-f', 'web')
    await expect(curl(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    await ports.close()
  })

  it('refusals', async () => {
    await create('net', '--subnet', '10.9.0.0/24')
    await create('any')
    await at.docker.out('create', '--name', 'box', BUSYBOX)
    const all: readonly (readonly [string, string])[] = [
      ['create net', 'network with name net already exists'],
      ['create host', 'operation is not permitted on predefined host network'],
      ['create -d nosuch x', 'plugin "nosuch" not found'],
      ['create -d host x', 'only one instance of "host" network is allowed'],
      ['create --subnet 10.9.0.0/16 x', 'invalid pool request: Pool overlaps with other one on this address space'],
      ['rm nosuch', 'network nosuch not found'],
      ['rm bridge', 'bridge is a pre-defined network and cannot be removed'],
      ['connect nosuch box', 'network nosuch not found'],
      ['connect net nosuch', 'No such container: nosuch'],
      ['disconnect nosuch box', 'network nosuch not found'],
      [
        'connect --ip 1.2.3.4 any box',
        'invalid endpoint settings:\nuser specified IP address is supported only when connecting to networks with user configured subnets',
      ],
      [
        'connect --ip 1.2.3.4 net box',
        'invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 1.2.3.4',
      ],
      ['ls -f nosuch=1', "invalid filter 'nosuch'"],
    ]
    for (const [command, words] of all)
      expect((await refusal('network', ...command.split(' '))).replace(/\nexit status 1$/, ''), command).toBe(words)
  })
})

const curlIsHere = spawnSync('curl', ['--version']).status === 0

/** With curl where there is one. */
async function curl(url: string): Promise<string> {
  if (!curlIsHere) return (await fetch(url)).text()
  const { ran } = await import('./program.ts')
  const { stdout, stderr, status } = await ran('curl', ['-sS', url], '')
  if (status !== 0) throw new Error(stderr)
  return stdout
}
