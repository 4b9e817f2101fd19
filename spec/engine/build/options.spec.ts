import { describe, expect, test } from 'vitest'
import { anonymous, Builder, linesOf, textOf } from './building.ts'

const FROM = 'FROM busybox:1.36\n'
const containers = async (builder: Builder) =>
  (await (await builder.get('containers/json?all=1')).json()) as { Command: string; State: string }[]
const firstContainer = async (builder: Builder) => {
  const [one] = (await (await builder.get('containers/json?all=1')).json()) as { Id: string }[]
  return (await (await builder.get(`containers/${one!.Id}/json`)).json()) as { HostConfig: Record<string, unknown> }
}

describe('what a RUN gets', () => {
  test('its hosts, memory and network', async () => {
    const query = 'extrahosts=a:1.2.3.4&extrahosts=b:1.2.3.5&networkmode=none&rm=0'
    const limits =
      '&shmsize=1048576&memory=10000000&memswap=-1&cpushares=5&cpuperiod=50000&cpuquota=20000&cpusetcpus=0&cgroupparent=/x'
    const ulimits = `&ulimits=${encodeURIComponent('[{"Name":"nofile","Soft":10,"Hard":20}]')}`
    const builder = new Builder()
    const lines = await builder.build(query + limits + ulimits, `${FROM}RUN tail -n 2 /etc/hosts\n`)
    expect(textOf(lines)).toContain('1.2.3.4\ta\n1.2.3.5\tb\n')
    expect((await firstContainer(builder)).HostConfig).toMatchObject({
      ExtraHosts: ['a:1.2.3.4', 'b:1.2.3.5'],
      NetworkMode: 'none',
      ShmSize: 1048576,
      Memory: 10000000,
      MemorySwap: -1,
      CpuShares: 5,
      CpuPeriod: 50000,
      CpuQuota: 20000,
      CpusetCpus: '0',
      CgroupParent: '/x',
      Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 20 }],
    })
  })

  test('a limit that makes no sense fails the step', async () => {
    const lines = await new Builder().build('memory=1000', `${FROM}RUN true\n`)
    expect(lines.at(-1)?.error).toBe('Minimum memory limit allowed is 6MB')
  })

  test('a proxy, which no ARG needs to ask for', async () => {
    const args = encodeURIComponent('{"HTTP_PROXY":"http://p"}')
    expect(textOf(await new Builder().build(`buildargs=${args}`, `${FROM}RUN echo $HTTP_PROXY\n`))).toContain(
      'http://p\n',
    )
  })
})

describe('rm and forcerm', () => {
  const failing = `${FROM}ENV A=1\nRUN exit 3\n`
  test('rm=0 keeps the containers of all steps', async () => {
    const builder = new Builder()
    expect(textOf(await builder.build('rm=0', `${FROM}ENV A=1\nRUN true\n`))).not.toContain('Removed')
    expect((await containers(builder)).map(({ State }) => State)).toEqual(['exited', 'created'])
  })

  test('rm keeps the one that failed', async () => {
    const builder = new Builder()
    await builder.build('rm=1', failing)
    expect(await containers(builder)).toHaveLength(1)
  })

  test('forcerm keeps none, and says so', async () => {
    const builder = new Builder()
    const text = anonymous(textOf(await builder.build('forcerm=1&rm=0', failing)))
    expect(text).toMatch(/ ---> Removed intermediate container <id>\nThe command '\/bin\/sh -c exit 3' returned/)
    expect(await containers(builder)).toEqual([])
  })
})

describe('q', () => {
  test('tells the id alone, and everything when it fails', async () => {
    const builder = new Builder()
    expect(await builder.build('q=1', `${FROM}RUN echo hi\n`)).toEqual([
      { stream: expect.stringMatching(/^sha256:[0-9a-f]{64}\n$/) },
    ])
    const failed = anonymous(textOf(await builder.build('q=1', `${FROM}RUN echo hi\nRUN exit 4\n`)))
    expect(failed).toMatch(/^Step 1\/3 : FROM busybox:1\.36\n[\s\S]*Using cache\n[\s\S]* returned a non-zero code: 4$/)
  })
})

describe('before version', () => {
  test('1.30 the id is not told as data', async () => {
    const at = async (version: string) =>
      (await linesOf(await new Builder().post('', { Dockerfile: FROM }, {}, version))).filter(({ aux }) => aux).length
    expect([await at('v1.29'), await at('v1.30')]).toEqual([0, 1])
  })

  test('1.32 the platform is not looked at', async () => {
    const at = async (version: string) =>
      (await new Builder().post('platform=a/b/c/d', { Dockerfile: FROM }, {}, version)).status
    expect([await at('v1.31'), await at('v1.32')]).toEqual([200, 400])
  })
})

describe('is refused before the stream', () => {
  test.each([
    ['squash=1', 400, 'squash is only supported with experimental mode'],
    ['securityopt=x', 400, 'The daemon on this platform does not support setting security options on build'],
    ['isolation=zz', 400, 'Unsupported isolation: "zz"'],
    ['ulimits=zz', 400, "error reading ulimit settings: invalid character 'z' looking for beginning of value"],
    ['cachefrom=zz', 500, "invalid character 'z' looking for beginning of value"],
    ['shmsize=q', 500, 'strconv.ParseInt: parsing "q": invalid syntax'],
    ['version=2', 400, 'buildkit is not enabled on daemon'],
  ])('%s', async (query, status, message) => {
    const response = await new Builder().post(query, { Dockerfile: FROM })
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })
})

describe('the doors of BuildKit', () => {
  test.each(['session', 'grpc'])('/%s says that there is the classic builder only', async (path) => {
    const { tank } = new Builder()
    const response = await tank.fetch(
      new Request(`http://docker/v1.51/${path}`, { method: 'POST', headers: { upgrade: 'h2c' } }),
    )
    expect(response.status).toBe(501)
    expect(await response.text()).toContain('classic builder only')
  })
})

describe('the Dockerfile', () => {
  test('may be written small', async () => {
    expect(textOf(await linesOf(await new Builder().post('', { dockerfile: FROM })))).toContain('Successfully built')
  })

  test.each([
    ['Docker*\n', ['.dockerignore', 'x']],
    ['*\n!x\n', ['x']],
    ['**/.dockerignore\n# Dockerfile\n', ['Dockerfile', 'x']],
    ['.dockerignore\n*file\n!Dockerfile\n', ['Dockerfile', 'x']],
    ['/Dockerf?le/\n\n', ['.dockerignore', 'x']],
    ['[D]ockerfile\n', ['.dockerignore', 'x']],
  ])('stays out where .dockerignore says so: %j', async (ignore, left) => {
    const builder = new Builder()
    await builder.build('t=a', 'FROM scratch\nCOPY . /\n', { x: '1', '.dockerignore': ignore })
    expect([...(builder.tank.image('a').fs.readdirSync('/') as string[])].sort()).toEqual(left)
  })
})
