import { describe, expect, test } from 'vitest'
import { Builder } from './building.ts'

const line2 = (why: string) => `dockerfile parse error on line 2: ${why}`

describe('a Dockerfile that makes no sense is refused before the stream', () => {
  test.each([
    ['COPY --foo=1 a /', line2('unknown flag: foo')],
    ['RUN --frob true', line2('unknown flag: frob')],
    ['USER', line2('USER requires exactly one argument')],
    [
      'COPY a',
      line2('COPY requires at least two arguments, but only one was provided. Destination could not be determined'),
    ],
    ['FROM', line2('FROM requires either one or three arguments')],
    ['FROM a b c', line2('FROM requires either one or three arguments')],
    ['FROM a AS 1a', line2(`invalid name for build stage: "1a", name can't start with a number or contain symbols`)],
    ['SHELL sh', line2('SHELL requires the arguments to be in JSON form')],
    ['HEALTHCHECK', line2('HEALTHCHECK requires at least one argument')],
    ['HEALTHCHECK FOO', line2('Unknown type "FOO" in HEALTHCHECK (try CMD)')],
    ['HEALTHCHECK NONE x', line2('HEALTHCHECK NONE takes no arguments')],
    ['HEALTHCHECK CMD', line2('Missing command after HEALTHCHECK CMD')],
    ['HEALTHCHECK --retries=-1 CMD x', line2('--retries cannot be negative (-1)')],
    ['HEALTHCHECK --interval=1us CMD x', line2('Interval "interval" cannot be less than 1ms')],
    ['HEALTHCHECK --timeout=soon CMD x', line2('time: invalid duration "soon"')],
    ['ONBUILD FROM x', line2("FROM isn't allowed as an ONBUILD trigger")],
    ['ONBUILD ONBUILD x', line2("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")],
    ['VOLUME []', line2('VOLUME requires at least one argument')],
    ['WORKDIR', line2('WORKDIR requires exactly one argument')],
    ['ENV =x', line2('ENV names can not be blank')],
    ['ARG =x', line2('ARG names can not be blank')],
    ['ENV A', 'failed to parse Dockerfile: ENV must have two arguments'],
    ['LABEL a=1 b', 'failed to parse Dockerfile: Syntax error - can\'t find = in "b". Must be of the form: name=value'],
  ])('%s', async (instruction, message) => {
    const response = await new Builder().post('', { Dockerfile: `FROM busybox:1.36\n${instruction}\n` })
    expect([response.status, await response.json()]).toEqual([400, { message }])
  })

  test.each([
    ['# nothing\n', 'failed to parse Dockerfile: file with no instructions'],
    ['RUN x\n', 'no build stage in current context'],
  ])('%j', async (Dockerfile, message) => {
    const response = await new Builder().post('', { Dockerfile })
    expect([response.status, await response.json()]).toEqual([400, { message }])
  })
})

describe('what only shows at its step ends the stream', () => {
  test.each([
    ['FROM busybox:1.36 AS a\nFROM busybox:1.36 AS a\n', 'a stage name already used'],
    ['FROM busybox:1.36\nCOPY --from=0 /a /b\n', 'invalid from flag value 0: refers to current build stage'],
    ['FROM busybox:1.36\nCOPY --from=4 /a /b\n', 'invalid from flag value 4: index out of bounds'],
    [
      'FROM busybox:1.36\nRUN --mount=type=cache,target=/x true\n',
      'the --mount option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled',
    ],
    [
      'FROM --platform=a/b/c/d busybox:1.36\n',
      'failed to parse platform a/b/c/d: "a/b/c/d": cannot parse platform specifier: invalid argument',
    ],
    [
      'FROM busybox:1.36\nCOPY f g .\n',
      'When using COPY with more than one source file, the destination must be a directory and end with a /',
    ],
    [
      'FROM busybox:1.36\nCOPY --chown=nosuch f /z\n',
      "unable to convert uid/gid chown string to host mapping: can't find uid for user nosuch: no such user: nosuch",
    ],
    ['FROM busybox:1.36\nVOLUME ""\n', 'VOLUME specified can not be an empty string'],
    ['ARG A\n', 'No image was generated. Is your Dockerfile empty?'],
  ])('%j', async (dockerfile, error) => {
    expect((await new Builder().build('', dockerfile, { f: '1', g: '2' })).at(-1)?.error).toBe(error)
  })

  test('an overridden HEALTHCHECK is told of', async () => {
    const lines = await new Builder().build('', 'FROM scratch\nHEALTHCHECK CMD true\nHEALTHCHECK NONE\n')
    expect(lines.map(({ stream }) => stream)).toContain('Note: overriding previous HEALTHCHECK: [CMD-SHELL true]\n')
  })
})
