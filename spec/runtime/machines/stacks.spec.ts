import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../../src/index.ts'
import { docker } from '../docker.ts'

const listen = (port: number, words: string) => ['sh', '-c', `while :; do echo ${words} | nc -l -p ${port}; done`]
const pod = (container: string) => ({ HostConfig: { NetworkMode: `container:${container}` } })
const on = (network: string, Aliases: string[] = []) => ({
  HostConfig: { NetworkMode: network },
  NetworkingConfig: { EndpointsConfig: { [network]: { Aliases } } },
})

async function world(...networks: Record<string, unknown>[]) {
  const tank = createWavetank()
  const engine = docker(tank)
  for (const network of networks) await engine.ok('POST', '/networks/create', network)
  return { tank, ...engine }
}

describe('container:…', () => {
  it('two containers speak over 127.0.0.1', async () => {
    const { run, exec } = await world()
    await run('web', { Cmd: listen(80, 'hello') })
    await run('side', { Cmd: ['sleep', '1000'], ...pod('web') })
    expect(await exec('side', 'nc 127.0.0.1 80')).toBe('hello\n')
    expect(await exec('side', 'nc localhost 80')).toBe('hello\n')
    expect(await exec('web', 'nc localhost 80')).toBe('hello\n')
    expect(await exec('side', 'nc localhost 81; echo $?')).toBe('nc: localhost (127.0.0.1:81): Connection refused\n1\n')
  })

  it('shares the files of the network, the host name and the ports', async () => {
    const { run, exec, ok } = await world()
    await run('web', {
      Hostname: 'webby',
      Cmd: listen(80, 'a'),
      ExposedPorts: { '81/tcp': {} },
      HostConfig: { PortBindings: { '81/tcp': [{ HostPort: '8081' }] } },
    })
    await run('side', { Cmd: listen(81, 'side'), ...pod('web') })
    expect(await exec('side', 'hostname; cat /etc/hosts | tail -1; cat /etc/hostname')).toBe(
      'webby\n172.17.0.2\twebby\nwebby\n',
    )
    const inspect = await ok('GET', '/containers/side/json')
    const web = await ok('GET', '/containers/web/json')
    expect(inspect).toMatchObject({
      HostsPath: `/var/lib/docker/containers/${web.Id}/hosts`,
      Config: { Hostname: 'webby' },
      HostConfig: { NetworkMode: `container:${web.Id}` },
      NetworkSettings: { Networks: {} },
    })
    await run('other', { Cmd: ['sleep', '1000'] })
    expect(await exec('other', 'nc 172.17.0.2 81')).toBe('side\n')
    expect(await exec('other', 'nc 172.17.0.1 8081')).toBe('side\n')
    expect(await exec('side', 'nc -l -p 80')).toContain('bind: Address already in use')
  })

  it('keeps nothing but the loopback when the other one is gone', async () => {
    const { run, exec, ok } = await world()
    await run('web', { Cmd: listen(80, 'a') })
    await run('side', { Cmd: listen(90, 'b'), ...pod('web') })
    await run('third', { Cmd: ['sleep', '1000'], ...pod('web') })
    await ok('POST', '/containers/web/stop?t=0')
    expect(await exec('third', 'nc 127.0.0.1 90')).toBe('b\n')
    await ok('POST', '/containers/web/start')
    expect(await exec('third', 'nc 127.0.0.1 80')).toContain('Connection refused')
    expect(await exec('web', 'nc 127.0.0.1 90')).toContain('Connection refused')
    await ok('POST', '/containers/third/restart?t=0')
    expect(await exec('third', 'nc 127.0.0.1 80')).toBe('a\n')
  })

  it('goes on in a fork', async () => {
    const { tank, run } = await world()
    await run('web', { Cmd: listen(80, 'hello') })
    await run('side', { Cmd: ['sleep', '1000'], ...pod('web') })
    expect(await docker(tank.fork()).exec('side', 'nc 127.0.0.1 80')).toBe('hello\n')
  })
})

describe('host', () => {
  it('has the addresses of the host, and reaches what is published', async () => {
    const { run, exec } = await world()
    const ports = { ExposedPorts: { '80/tcp': {} }, HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } } }
    await run('web', { Cmd: listen(80, 'hello'), ...ports })
    await run('me', { Cmd: listen(90, 'host'), HostConfig: { NetworkMode: 'host' } })
    expect(await exec('me', 'nc localhost 8080')).toBe('hello\n')
    expect(await exec('me', 'nc 172.17.0.2 80')).toBe('hello\n')
    expect(await exec('me', 'hostname')).toBe('wavetank\n')
    expect(await exec('web', 'nc 172.17.0.1 90')).toBe('host\n')
    expect(await exec('me', 'nc -l -p 8080')).toContain('bind: Address already in use')
  })

  it('opens its ports on the host', async () => {
    const { tank, run, ok } = await world()
    const seen: string[] = []
    tank.watchPorts(({ change, port }) => seen.push(`${change} ${port.hostPort} ${port.containerPort}`))
    await run('me', { Cmd: listen(90, 'host'), HostConfig: { NetworkMode: 'host' } })
    expect(seen).toContain('open 90 90')
    await ok('POST', '/containers/me/stop?t=0')
    expect(seen.at(-1)).toBe('close 90 90')
  })
})

describe('who reaches whom', () => {
  it('only containers of one network, and what is published by the gateway', async () => {
    const { run, exec, ok } = await world({ Name: 'na' }, { Name: 'nb' }, { Name: 'nc', Internal: true })
    await run('aa', { Cmd: listen(80, 'aa'), ...on('na') })
    await run('bb', { Cmd: ['sleep', '1000'], ...on('nb') })
    await run('cc', { Cmd: ['sleep', '1000'], ...on('nc') })
    await run('pub', {
      Cmd: listen(80, 'pub'),
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
    })
    const address = (await ok('GET', '/containers/aa/json')).NetworkSettings.Networks.na.IPAddress
    expect(await exec('bb', `nc ${address} 80`)).toContain('No route to host')
    expect(await exec('bb', 'nc 172.19.0.1 8080')).toBe('pub\n')
    expect(await exec('bb', 'nc 172.17.0.1 8080')).toBe('pub\n')
    expect(await exec('cc', 'nc 172.17.0.1 8080')).toContain('No route to host')
    expect(await exec('bb', 'nc 172.19.0.1 8081')).toContain('Connection refused')
    await ok('POST', '/networks/nb/connect', { Container: 'aa' })
    expect(await exec('bb', 'nc aa 80')).toBe('aa\n')
    await ok('POST', '/networks/nb/disconnect', { Container: 'aa' })
    expect(await exec('bb', `nc ${address} 80`)).toContain('No route to host')
    expect(await exec('bb', 'nc aa 80')).toContain("bad address 'aa'")
  })

  it('host-gateway leads to the host', async () => {
    const { run, exec } = await world()
    await run('pub', {
      Cmd: listen(80, 'pub'),
      ExposedPorts: { '80/tcp': {} },
      HostConfig: {
        PortBindings: { '80/tcp': [{ HostPort: '8080' }] },
        ExtraHosts: ['host.docker.internal:host-gateway'],
      },
    })
    expect(await exec('pub', 'nc host.docker.internal 8080')).toBe('pub\n')
  })

  it('no one where the bridge says so', async () => {
    const { run, exec } = await world({ Name: 'na', Options: { 'com.docker.network.bridge.enable_icc': 'false' } })
    await run('aa', { Cmd: listen(80, 'aa'), ...on('na') })
    await run('bb', { Cmd: ['sleep', '1000'], ...on('na') })
    expect(await exec('bb', 'nc aa 80')).toContain('No route to host')
  })

  it('several of one alias in turn', async () => {
    const { run, exec } = await world({ Name: 'na' })
    await run('aa', { Cmd: listen(80, 'aa'), ...on('na', ['web']) })
    await run('bb', { Cmd: listen(80, 'bb'), ...on('na', ['web']) })
    await run('cc', { Cmd: ['sleep', '1000'], ...on('na') })
    const heard = new Set<string>()
    for (let i = 0; i < 4; i++) heard.add(await exec('cc', 'nc web 80'))
    expect([...heard].sort()).toEqual(['aa\n', 'bb\n'])
  })

  it('a connection over a network that was taken away stalls', async () => {
    const { run, exec, ok, logs } = await world({ Name: 'na' })
    await run('aa', { Cmd: ['sh', '-c', 'while :; do echo x; sleep 1; done | nc -l -p 80'], ...on('na') })
    await run('bb', { Cmd: ['nc', 'aa', '80'], OpenStdin: true, ...on('na') })
    await ok('POST', '/networks/na/disconnect', { Container: 'bb' })
    await exec('aa', 'sleep 5')
    expect((await logs('bb')).match(/x/g)?.length ?? 0).toBeLessThan(3)
    expect((await ok('GET', '/containers/bb/json')).State.Running).toBe(true)
  })
})

describe('nc', () => {
  it('serves with a program of its own, again and again', async () => {
    const { run, exec } = await world({ Name: 'na' })
    await run('aa', { Cmd: ['nc', '-lk', '-p', '7', '-e', 'sh', '-c', 'read x; echo got $x'], ...on('na') })
    await run('bb', { Cmd: ['sleep', '1000'], ...on('na') })
    expect(await exec('bb', 'echo one | nc aa 7; echo two | nc aa 7')).toBe('got one\ngot two\n')
  })
})

describe('links on the default bridge', () => {
  it('are variables, lines of /etc/hosts, and need the other one', async () => {
    const { run, ok, call, logs } = await world()
    const ports = { '80/tcp': {}, '81/tcp': {}, '90/udp': {} }
    await run('db', { Cmd: ['sleep', '1000'], Env: ['FOO=bar', 'PATH=/bin'], ExposedPorts: ports })
    await run('web', { Cmd: ['env'], Env: ['Z=1'], HostConfig: { Links: ['db:my-db'] } })
    const shown = await logs('web')
    expect(shown.split('\n').slice(2)).toEqual([
      'MY_DB_PORT=tcp://172.17.0.2:80',
      'MY_DB_PORT_80_TCP_START=tcp://172.17.0.2:80',
      'MY_DB_PORT_80_TCP_ADDR=172.17.0.2',
      'MY_DB_PORT_80_TCP_PROTO=tcp',
      'MY_DB_PORT_80_TCP_PORT_START=80',
      'MY_DB_PORT_80_TCP_END=tcp://172.17.0.2:81',
      'MY_DB_PORT_80_TCP_PORT_END=81',
      'MY_DB_PORT_80_TCP=tcp://172.17.0.2:80',
      'MY_DB_PORT_80_TCP_PORT=80',
      'MY_DB_PORT_81_TCP=tcp://172.17.0.2:81',
      'MY_DB_PORT_81_TCP_ADDR=172.17.0.2',
      'MY_DB_PORT_81_TCP_PORT=81',
      'MY_DB_PORT_81_TCP_PROTO=tcp',
      'MY_DB_PORT_90_UDP=udp://172.17.0.2:90',
      'MY_DB_PORT_90_UDP_ADDR=172.17.0.2',
      'MY_DB_PORT_90_UDP_PORT=90',
      'MY_DB_PORT_90_UDP_PROTO=udp',
      'MY_DB_NAME=/web/my-db',
      'MY_DB_ENV_FOO=bar',
      'Z=1',
      'HOME=/root',
      '',
    ])
    await ok('POST', '/containers/db/stop?t=0')
    const refused = await call('POST', '/containers/web/start')
    expect(refused).toEqual({
      status: 500,
      body: { message: 'Cannot link to a non running container: /db AS /web/my-db' },
    })
  })
})

describe('namespaces of processes and IPC', () => {
  it('the main process in the process namespace of another is not PID 1', async () => {
    const { run, ok, call } = await world()
    await run('aa', { Cmd: ['sleep', '1000'] })
    await run('bb', { Cmd: ['sleep', '1000'], HostConfig: { PidMode: 'container:aa' } })
    await ok('POST', '/containers/bb/stop')
    expect((await ok('GET', '/containers/bb/json')).State.ExitCode).toBe(143)
    await ok('POST', '/containers/aa/stop?t=0')
    const refused = await call('POST', '/containers/bb/start')
    expect(refused.status).toBe(500)
    expect(refused.body.message).toMatch(/^failed to join PID namespace: container \w{64} is not running$/)
  })

  it('lends its IPC namespace only where it says so', async () => {
    const { run, call } = await world()
    await run('aa', { Cmd: ['sleep', '1000'] })
    await run('ok', { Cmd: ['sleep', '1000'], HostConfig: { IpcMode: 'shareable' } })
    await run('bb', { Cmd: ['sleep', '1000'], HostConfig: { IpcMode: 'container:ok' } })
    await call('POST', '/containers/create?name=cc', { Image: 'busybox:1.36', HostConfig: { IpcMode: 'container:aa' } })
    const refused = await call('POST', '/containers/cc/start')
    expect(refused.status).toBe(500)
    expect(refused.body.message).toMatch(
      /^failed to join IPC namespace: container \w{64}: non-shareable IPC \(hint: use IpcMode:shareable for the donor container\)$/,
    )
  })
})
