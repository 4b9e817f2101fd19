import { describe, expect, test } from 'vitest'
import { layerOf, scratch } from '../../src/engine/images/layer.ts'
import { hubCatalog } from '../../src/runtime/hub-catalog.ts'
import { declared } from '../../src/runtime/made.ts'
import { asking } from '../engine/asking.ts'
import { listing } from '../storage/listing.ts'

const imagesOf = (name: string) => hubCatalog.find((offer) => offer.name === `library/${name}`)?.images ?? []
const tagged = (name: string, tag: string) => imagesOf(name).find(({ tags }) => tags.includes(tag))?.image

/** A pulled image that runs under its own command. */
async function started(image: string, body: Record<string, unknown> = {}) {
  const world = asking()
  const [name, tag] = image.split(':')
  const pulled = await world.ask('POST', `/images/create?fromImage=${name}&tag=${tag}`)
  expect(pulled.text).toContain(`Status: Downloaded newer image for ${image}`)
  await world.run('one', { Image: image, Cmd: undefined, ...body })
  world.tank.clock.advance(5000)
  const logs = async () => (await world.ask('GET', '/containers/one/logs?stdout=1&stderr=1')).text
  const state = async () => (await world.ask('GET', '/containers/one/json')).json.State
  return { ...world, logs, state }
}

describe('the catalog', () => {
  test('has layers whose files are what their archives say', () => {
    const layers = new Set(hubCatalog.flatMap(({ images }) => images.flatMap(({ image }) => declared(image).layers)))
    expect(layers.size).toBeGreaterThan(20)
    for (const layer of layers) {
      const read = layerOf(layer.tar)
      expect([layer.diffId, layer.contentSize]).toEqual([read.diffId, read.contentSize])
      expect(listing(layer.over(scratch))).toEqual(listing(read.over(scratch)))
    }
  })

  test('has what everybody pulls, with several tags each', () => {
    const names = [
      ...['alpine', 'busybox', 'hello-world', 'debian', 'ubuntu', 'nginx', 'redis', 'postgres'],
      ...['node', 'python', 'httpd', 'mysql', 'rabbitmq', 'registry'],
    ]
    for (const name of names) {
      const tags = imagesOf(name).flatMap((one) => one.tags)
      expect([name, tags.length > 1, tags.includes('latest')]).toEqual([name, true, true])
      expect(new Set(tags).size).toBe(tags.length)
    }
  })

  test.each([
    ['alpine', '3.20', { cmd: ['/bin/sh'], workingDir: '/' }],
    ['debian', 'bookworm-slim', { cmd: ['bash'] }],
    [
      'ubuntu',
      '22.04',
      {
        cmd: ['/bin/bash'],
        labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': '22.04' },
      },
    ],
    [
      'nginx',
      'alpine',
      {
        entrypoint: ['/docker-entrypoint.sh'],
        cmd: ['nginx', '-g', 'daemon off;'],
        exposedPorts: { '80/tcp': {} },
        stopSignal: 'SIGQUIT',
      },
    ],
    [
      'redis',
      '7-alpine',
      {
        entrypoint: ['docker-entrypoint.sh'],
        cmd: ['redis-server'],
        exposedPorts: { '6379/tcp': {} },
        volumes: { '/data': {} },
        workingDir: '/data',
      },
    ],
    [
      'postgres',
      '17',
      {
        entrypoint: ['docker-entrypoint.sh'],
        cmd: ['postgres'],
        exposedPorts: { '5432/tcp': {} },
        volumes: { '/var/lib/postgresql/data': {} },
        stopSignal: 'SIGINT',
      },
    ],
    [
      'mysql',
      '8',
      {
        entrypoint: ['docker-entrypoint.sh'],
        cmd: ['mysqld'],
        exposedPorts: { '3306/tcp': {}, '33060/tcp': {} },
        volumes: { '/var/lib/mysql': {} },
      },
    ],
    [
      'httpd',
      '2.4-alpine',
      {
        cmd: ['httpd-foreground'],
        exposedPorts: { '80/tcp': {} },
        stopSignal: 'SIGWINCH',
        workingDir: '/usr/local/apache2',
      },
    ],
    [
      'rabbitmq',
      '4-management',
      { entrypoint: ['docker-entrypoint.sh'], cmd: ['rabbitmq-server'], volumes: { '/var/lib/rabbitmq': {} } },
    ],
    [
      'registry',
      '2',
      {
        entrypoint: ['/entrypoint.sh'],
        cmd: ['/etc/docker/registry/config.yml'],
        exposedPorts: { '5000/tcp': {} },
        volumes: { '/var/lib/registry': {} },
      },
    ],
    ['node', '22-alpine', { entrypoint: ['docker-entrypoint.sh'], cmd: ['node'] }],
    ['python', '3.12-slim', { cmd: ['python3'] }],
  ])('%s:%s is configured as the official one', (name, tag, config) => {
    expect(tagged(name, tag)?.config).toMatchObject(config)
  })
})

describe('pulled and run', () => {
  test.each<[string, Record<string, unknown>, string, number]>([
    ['nginx:alpine', {}, 'start worker process', 0],
    ['redis:7-alpine', {}, 'Ready to accept connections tcp', 0],
    ['postgres:17-alpine', { Env: ['POSTGRES_PASSWORD=x'] }, 'database system is ready to accept connections', 0],
    ['mysql:8', { Env: ['MYSQL_ROOT_PASSWORD=x'] }, 'ready for connections. Version:', 0],
    ['httpd:2.4', {}, 'resuming normal operations', 0],
    ['rabbitmq:4-alpine', {}, 'Server startup complete', 0],
    ['registry:2', {}, 'listening on [::]:5000', 2],
  ])('%s says that it is ready, and ends at its stop signal', async (image, body, ready, code) => {
    const { ask, logs, state, tank } = await started(image, body)
    expect(await logs()).toContain(ready)
    expect((await state()).Running).toBe(true)
    const stopping = ask('POST', '/containers/one/stop')
    tank.clock.advance(1000)
    await stopping
    const { Running, ExitCode } = await state()
    expect([Running, [0, code].includes(ExitCode)]).toEqual([false, true])
  })

  test.each([
    ['node:22-alpine', ['--version'], 'v22.12.0\n'],
    ['node:20', ['node', '-v'], 'v20.18.1\n'],
    ['python:3.12-slim', ['python', '--version'], 'Python 3.12.8\n'],
    ['python:3.13-alpine', ['python3', '-V'], 'Python 3.13.1\n'],
    ['debian:bullseye', ['cat', '/etc/debian_version'], '11.11\n'],
    ['ubuntu:latest', ['sh', '-c', '. /etc/os-release; echo $PRETTY_NAME'], 'Ubuntu 24.04.1 LTS\n'],
    ['alpine:3.18', ['cat', '/etc/alpine-release'], '3.18.9\n'],
  ])('%s %s', async (image, Cmd, output) => {
    const { logs, state } = await started(image, { Cmd })
    expect((await logs()).slice(8)).toBe(output)
    expect(await state()).toMatchObject({ Running: false, ExitCode: 0 })
  })

  test.each([
    ['node:22', ['node', '-e', 'console.log(1)']],
    ['python:3.12', ['python', '-c', 'print(1)']],
  ])('%s runs no code: it stays up until a signal ends it, and the journal says so', async (image, Cmd) => {
    const { ask, logs, state, tank } = await started(image, { Cmd })
    expect([await logs(), (await state()).Running]).toEqual(['', true])
    const notices = tank.journal.entries.flatMap((entry) => (entry.kind === 'notice' ? [entry.text] : []))
    expect(notices.join('\n')).toContain('runs no code in a tank')
    await ask('POST', '/containers/one/kill?signal=TERM')
    expect((await state()).Running).toBe(false)
  })
})
