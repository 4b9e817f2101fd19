import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { type Declaration, seconds } from '../../src/engine/images/declare.ts'
import { executable } from '../../src/engine/images/official/linux-tree.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'

const AUTH = { 'X-Registry-Auth': btoa(JSON.stringify({ username: 'me', password: 'secret' })) }
const post = async (tank: Wavetank, path: string, headers: Record<string, string> = {}) =>
  (await tank.fetch(new Request(`http://docker/v1.51${path}`, { method: 'POST', headers }))).text()
const hello: Declaration = {
  created: seconds(1_700_000_000),
  config: { cmd: ['/hello'] },
  history: [{ createdBy: 'COPY hello' }],
  layers: [[executable('hello', 'hello')]],
}
const world = (images: Readonly<Record<string, Declaration>> = {}) =>
  createWavetank({
    record: true,
    clock: 'manual',
    images,
    hub: {
      accounts: [{ name: 'me', password: 'secret' }],
      repositories: [{ name: 'them/hello', images: [{ tags: ['1'], image: hello }] }],
    },
  })

const HANDSHAKES: Readonly<Record<string, () => Promise<string>>> = {
  pull: async () => {
    const tank = world()
    await post(tank, '/images/create?fromImage=them/hello&tag=1')
    return tank.journal.toMermaid()
  },
  push: async () => {
    const tank = world({ 'docker.io/me/app:1': hello })
    await post(tank, '/images/me/app/push?tag=1', AUTH)
    return tank.journal.toMermaid()
  },
}

describe('a sequence diagram', () => {
  it('shows what a registry of v1 asks its Index within the request that it answers', async () => {
    const tank = world()
    await (
      await tank.fetch(new Request('http://docker/v1.15/images/create?fromImage=them/hello&tag=1', { method: 'POST' }))
    ).text()
    const lines = tank.journal
      .toMermaid()
      .split('\n')
      .map((line) => line.trim())
    expect(lines.slice(1, 12)).toEqual([
      'participant p0 as client',
      'participant p1 as engine',
      'participant p2 as index.docker.io',
      'participant p3 as registry-1.docker.io',
      'p0->>p1: POST /v1.15/images/create?fromImage=them/hello&tag=1',
      'p1->>p2: GET /v1/repositories/them/hello/images',
      'p2-->>p1: 200',
      'p1->>p3: GET /v1/repositories/them/hello/tags',
      'p3->>p2: GET /v1/repositories/them/hello/images',
      'p2-->>p3: 200',
      'p3-->>p1: 200',
    ])
  })

  it('has who asked whom, in order, with a status for each', async () => {
    const tank = world()
    await post(tank, '/images/create?fromImage=127.0.0.1:1/x&tag=1;2%23')
    await post(tank, '/images/create?fromImage=nobody.example.com/x&tag=1')
    expect(
      tank.journal
        .toMermaid()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      'sequenceDiagram',
      'participant p0 as client',
      'participant p1 as engine',
      'participant p2 as nobody.example.com',
      'p0->>p1: POST /v1.51/images/create?fromImage=127.0.0.1:1/x&tag=1#59;2#35;',
      'p1-->>p0: 400',
      'p0->>p1: POST /v1.51/images/create?fromImage=nobody.example.com/x&tag=1',
      'p1->>p2: GET /v2/',
      'p2-->>p1: nobody is there',
      'p1-->>p0: 500',
      '',
    ])
  })

  it('of a port that stands for a registry names the port', () => {
    const tank = world()
    const headers = {}
    tank.lead('127.0.0.1:5000')
    tank.serve({ method: 'GET', target: '/v2/', origin: 'http://localhost:5000', headers, body: new Uint8Array() })
    expect(tank.journal.toMermaid()).toContain('participant p1 as localhost:5000\n  p0->>p1: GET /v2/\n  p1-->>p0: 200')
  })
})

describe('ARCHITECTURE.md', () => {
  const file = resolve(import.meta.dirname, '../../ARCHITECTURE.md')
  const block = (diagram: string) => `\n\`\`\`mermaid\n${diagram}\`\`\`\n\n`

  // UPDATE_README=1 draws them anew.
  test.each(Object.keys(HANDSHAKES))('shows the %s as it is', async (name) => {
    const drawn = block(await HANDSHAKES[name]!())
    const place = new RegExp(`(<!-- handshake:${name} -->\n)([\\s\\S]*?)(<!-- /handshake:${name} -->)`)
    const page = readFileSync(file, 'utf8')
    if (process.env.UPDATE_README)
      writeFileSync(
        file,
        page.replace(place, (_, open, __, close) => open + drawn + close),
      )
    expect(place.exec(readFileSync(file, 'utf8'))?.[2]).toBe(drawn)
  })
})
