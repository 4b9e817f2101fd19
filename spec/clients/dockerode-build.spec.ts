import Docker from 'dockerode'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { handlers } from '../../src/msw/index.ts'
import { contextOf, type Line, textOf } from '../engine/build/building.ts'

describe('dockerode builds through MSW', () => {
  const tank = createWavetank({ seed: 'dockerode build' })
  const server = setupServer(...handlers(tank))
  const docker = new Docker({ host: '127.0.0.1', port: 2375, protocol: 'http' })
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterAll(() => server.close())

  const build = async (dockerfile: string, options = {}) => {
    const archive = Buffer.from(contextOf({ Dockerfile: dockerfile, 'f.txt': 'data\n' }))
    const stream = await docker.buildImage(archive as unknown as NodeJS.ReadableStream, options)
    const seen: Line[] = []
    const lines = await new Promise<Line[]>((resolve, reject) =>
      docker.modem.followProgress(
        stream,
        (error, all: Line[]) => (error ? reject(error) : resolve(all)),
        (line: Line) => seen.push(line),
      ),
    )
    expect(seen).toEqual(lines)
    return lines
  }

  it('buildImage and followProgress', async () => {
    const lines = await build('FROM busybox:1.36\nARG WHO\nCOPY f.txt /f\nRUN echo "hi $WHO" && cat /f\n', {
      t: 'acme/app:1',
      buildargs: { WHO: 'you' },
      labels: { made: 'here' },
    })
    expect(textOf(lines)).toContain('hi you\ndata\n')
    expect(textOf(lines)).toMatch(/Successfully tagged acme\/app:1\n$/)
    const { Config, Id } = await docker.getImage('acme/app:1').inspect()
    expect(Config.Labels).toEqual({ made: 'here' })
    expect(lines.find(({ aux }) => aux)?.aux?.ID).toBe(Id)
  })

  it('what fails is the last message, or a refusal', async () => {
    const last = (await build('FROM busybox:1.36\nRUN exit 3\n')).at(-1)
    expect(last?.errorDetail).toEqual({
      code: 3,
      message: "The command '/bin/sh -c exit 3' returned a non-zero code: 3",
    })
    await expect(build('FROM busybox:1.36\nFOO\n')).rejects.toMatchObject({ statusCode: 400 })
  })
})
