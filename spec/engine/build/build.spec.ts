import { beforeEach, describe, expect, test } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/runtime/wavetank.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank()
})

interface Line {
  readonly stream?: string
  readonly error?: string
  readonly errorDetail?: { readonly code?: number; readonly message: string }
  readonly aux?: { readonly ID: string }
}

async function post(query: string, files: Record<string, string>): Promise<Response> {
  const body = encode(
    Object.entries(files).map(([name, text]) => tarEntry({ name, body: new TextEncoder().encode(text) })),
  )
  return tank.fetch(
    new Request(`http://docker/v1.51/build?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-tar' },
      body: new Uint8Array(body),
    }),
  )
}

async function build(query: string, dockerfile: string, files: Record<string, string> = {}): Promise<Line[]> {
  const response = await post(query, { Dockerfile: dockerfile, ...files })
  expect(response.status).toBe(200)
  return (await response.text())
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const text = (lines: readonly Line[]) => lines.map(({ stream = '', error = '' }) => stream + error).join('')
const idOf = (lines: readonly Line[]) => lines.find(({ aux }) => aux)?.aux?.ID
const inspect = async (name: string) =>
  (await (await tank.fetch(new Request(`http://docker/images/${name}/json`))).json()) as Record<string, never> & {
    Config: Record<string, unknown>
    RootFS: { Layers: string[] }
  }
const fileIn = (name: string, path: string) => tank.image(name).fs.readFileSync(path, 'utf8')

describe('given a Dockerfile', () => {
  test('when it is built, the stream tells each step, and what RUN writes stands in it', async () => {
    const lines = await build('t=a/b:1', 'FROM busybox:1.36\nRUN echo hi && echo err >&2\nCMD ["true"]\n')
    expect(text(lines).replace(/[0-9a-f]{12}/g, '<id>')).toBe(
      [
        'Step 1/3 : FROM busybox:1.36\n ---> <id>\n',
        'Step 2/3 : RUN echo hi && echo err >&2\n ---> Running in <id>\nhi\n\u001b[91merr\n\u001b[0m',
        ' ---> Removed intermediate container <id>\n ---> <id>\n',
        'Step 3/3 : CMD ["true"]\n ---> Running in <id>\n ---> Removed intermediate container <id>\n ---> <id>\n',
        'Successfully built <id>\nSuccessfully tagged a/b:1\n',
      ].join(''),
    )
    expect((await inspect('a/b:1')).Config.Cmd).toEqual(['true'])
  })

  test('when it is built again, every step comes from the cache and the id is the same', async () => {
    const dockerfile = 'FROM busybox:1.36\nENV A=1\nRUN date > /now\nCOPY f /f\n'
    const first = await build('t=a', dockerfile, { f: 'data' })
    const again = await build('t=a', dockerfile, { f: 'data' })
    expect(text(again).match(/Using cache/g)).toHaveLength(3)
    expect(idOf(again)).toBe(idOf(first))
    const changed = await build('t=a', dockerfile, { f: 'other' })
    expect(text(changed).match(/Using cache/g)).toHaveLength(2)
    expect(text(await build('nocache=1', dockerfile, { f: 'data' }))).not.toContain('Using cache')
  })

  test('the same context and seed give the same id in every tank', async () => {
    const dockerfile = 'FROM alpine:3.20\nWORKDIR /w\nRUN mkdir -p a/b && echo x > a/b/c\nCOPY f .\n'
    const here = idOf(await build('', dockerfile, { f: '1' }))
    tank = createWavetank()
    expect(idOf(await build('', dockerfile, { f: '1' }))).toBe(here)
  })

  test('stages are taken from by name, number and image', async () => {
    await build(
      't=a',
      [
        'FROM busybox:1.36 AS One',
        'RUN mkdir /d && echo one > /d/f',
        'FROM busybox:1.36',
        'RUN echo two > /g',
        'FROM scratch',
        'COPY --from=one --chown=7:8 --chmod=600 /d /d',
        'COPY --from=1 /g /',
        'COPY --from=alpine:3.20 /etc/alpine-release /etc/',
      ].join('\n'),
    )
    const { fs } = tank.image('a')
    expect(fs.readFileSync('/d/f', 'utf8')).toBe('one\n')
    expect(fs.statSync('/d/f')).toMatchObject({ uid: 7, gid: 8, mode: 0o100600 })
    expect(fs.readdirSync('/').sort()).toEqual(['d', 'etc', 'g'])
  })

  test('with a target, later stages are not built', async () => {
    const lines = await build('t=a&target=first', 'FROM busybox:1.36 AS first\nENV A=1\nFROM nosuch AS second\n')
    expect(text(lines)).toContain('Step 2/2 : ENV A=1')
  })
})

describe('arguments and variables', () => {
  test('an ARG has its default, what the request says, and the warning for what nobody asked for', async () => {
    const args = encodeURIComponent(JSON.stringify({ X: '42', UNUSED: '1' }))
    const lines = await build(`t=a&buildargs=${args}`, 'FROM busybox:1.36\nARG X=1\nARG Y=2\nRUN echo "$X $Y" > /f\n')
    expect(fileIn('a', '/f')).toBe('42 2\n')
    expect(text(lines)).toContain('[Warning] One or more build-args [UNUSED] were not consumed\n')
    const { Config } = await inspect('a')
    expect(Config.Env).toEqual(expect.not.arrayContaining([expect.stringMatching(/^[XY]=/)]))
  })

  test('a global ARG names the base and is seen in a stage that asks for it', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a Dockerfile's own variables
    await build('t=a', 'ARG TAG=1.36\nFROM busybox:$TAG\nARG TAG\nENV T="x ${TAG}" U=${NONE:-d} V=${TAG:+alt}\n')
    expect((await inspect('a')).Config.Env).toEqual(expect.arrayContaining(['T=x 1.36', 'U=d', 'V=alt']))
  })
})

describe('instructions that only change the config', () => {
  test('are all in the image', async () => {
    await build(
      't=a&labels=%7B%22l%22%3A%22two%20words%22%7D',
      [
        'FROM busybox:1.36',
        'LABEL a=b "c d"="e f"',
        'EXPOSE 80 443/udp 8000-8001',
        'USER nobody',
        'WORKDIR /a',
        'WORKDIR b',
        'VOLUME ["/v", "/w"]',
        'STOPSIGNAL SIGINT',
        'HEALTHCHECK --interval=5s --retries=2 CMD true',
        'SHELL ["sh", "-c"]',
        'ENTRYPOINT ["cat"]',
        'CMD echo $HOME',
      ].join('\n'),
    )
    expect((await inspect('a')).Config).toMatchObject({
      Labels: { a: 'b', 'c d': 'e f', l: 'two words' },
      ExposedPorts: { '80/tcp': {}, '443/udp': {}, '8000/tcp': {}, '8001/tcp': {} },
      User: 'nobody',
      WorkingDir: '/a/b',
      Volumes: { '/v': {}, '/w': {} },
      StopSignal: 'SIGINT',
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9, Retries: 2 },
      Entrypoint: ['cat'],
      Cmd: ['sh', '-c', 'echo $HOME'],
    })
  })

  test('ONBUILD waits for the next build', async () => {
    await build('t=base', 'FROM busybox:1.36\nONBUILD RUN echo trig > /t\nONBUILD ENV A=1\n')
    const lines = await build('t=next', 'FROM base\n')
    expect(text(lines)).toContain('# Executing 2 build triggers\n')
    expect(fileIn('next', '/t')).toBe('trig\n')
    expect((await inspect('next')).Config.OnBuild).toBeNull()
  })
})

describe('COPY and ADD', () => {
  const files = { 'a/1.txt': '1', 'a/2.txt': '2', 'a/deep/3.md': '3', 'top.txt': 't' }

  test.each([
    ['COPY top.txt /x', ['/x']],
    ['COPY top.txt /d/', ['/d/top.txt']],
    ['COPY a /d', ['/d/1.txt', '/d/2.txt', '/d/deep/3.md']],
    ['COPY a/*.txt /d/', ['/d/1.txt', '/d/2.txt']],
    ['COPY ["top.txt", "/with space/"]', ['/with space/top.txt']],
    ['COPY top.txt a /d/', ['/d/top.txt', '/d/1.txt']],
  ])('%s', async (instruction, paths) => {
    await build('t=a', `FROM scratch\n${instruction}\n`, files)
    for (const path of paths) expect(tank.image('a').fs.existsSync(path), path).toBe(true)
  })

  test.each([
    [
      'COPY nope /x',
      'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist',
    ],
    ['COPY *.nope /x/', 'COPY failed: no source files were specified'],
    [
      'COPY --from=nosuch / /x',
      "invalid from flag value nosuch: pull access denied for nosuch, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
  ])('%s ends the stream', async (instruction, error) => {
    expect((await build('', `FROM busybox:1.36\n${instruction}\n`, files)).at(-1)).toEqual({
      error,
      errorDetail: { message: error },
    })
  })
})

describe('what fails', () => {
  test('in a RUN ends the stream with its code, and leaves no image with the name', async () => {
    const lines = await build('t=a', 'FROM busybox:1.36\nRUN exit 3\nRUN echo never\n')
    const message = "The command '/bin/sh -c exit 3' returned a non-zero code: 3"
    expect(lines.at(-1)).toEqual({ error: message, errorDetail: { code: 3, message } })
    expect((await tank.fetch(new Request('http://docker/images/a/json'))).status).toBe(404)
  })

  test.each([
    [
      'FROM busybox:1.36\nFOO bar\n',
      400,
      'dockerfile parse error on line 2: unknown instruction: FOO (did you mean FROM?)',
    ],
    ['', 400, 'the Dockerfile (Dockerfile) cannot be empty'],
    [
      'FROM busybox:1.36\nRUN <<EOF\nx\nEOF\n',
      400,
      'dockerfile parse error on line 2: the Dockerfile uses here-documents, which only BuildKit understands',
    ],
    ['# escape=x\nFROM scratch\n', 400, "invalid escape token 'x' does not match ` or \\"],
  ])('%j is refused before the stream', async (Dockerfile, status, message) => {
    const response = await post('', { Dockerfile })
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })

  test.each([
    ['t=BAD', 500, 'invalid reference format: repository name (library/BAD) must be lowercase'],
    ['target=zzz', 400, 'target stage "zzz" could not be found'],
    ['dockerfile=nope', 500, 'Cannot locate specified Dockerfile: nope'],
    ['version=3', 400, 'invalid version "3"'],
    ['buildargs=zz', 400, "error reading build args: invalid character 'z' looking for beginning of value"],
  ])('?%s is refused before the stream', async (query, status, message) => {
    const response = await post(query, { Dockerfile: 'FROM busybox:1.36\n' })
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })
})
