import type { Json } from './transcript.ts'

/** A call that the recorder made without noting it down: to start, await or remove what the next exchange is about. */
export interface Call {
  /** `METHOD /path`, without a version; `DELETE /containers` is each of them, newest first. */
  readonly call: string
  readonly json?: Json
  readonly tar?: Readonly<Record<string, string>>
  /** Keep the body of the answer under this name. */
  readonly keep?: string
  /** Send what was kept under this name. */
  readonly body?: string
  /** Repeat until the answer is so (at most 100 times, 50 ms apart). */
  readonly until?: (answer: Json) => boolean
  /** Let this much time pass first. */
  readonly after?: number
}

export interface Unrecorded {
  /** Key of the exchange that these calls stand before. */
  readonly before: string
  /** Start them so many ms earlier than right before it. */
  readonly lead?: number
  /** Start them at the latest time that the answer of that exchange tells of. */
  readonly asTold?: boolean
  readonly calls: readonly Call[]
}

const call = (text: string, json?: Json): Call => (json === undefined ? { call: text } : { call: text, json })
const create = (name: string, config: { readonly [key: string]: Json }) =>
  call(`POST /containers/create?name=${name}`, { Image: 'busybox:1.36', ...config })
const start = (name: string) => call(`POST /containers/${name}/start`)
const wait = (name: string) => call(`POST /containers/${name}/wait`)
const remove = (name: string) => call(`DELETE /containers/${name}?force=1&v=1`)
const before = (key: string, ...calls: readonly Call[]): Unrecorded => ({ before: key, calls })

const lifecycle = [
  before('rm exited', wait('api-life')),
  before('create api-np', remove('api-nf')),
  before('create api-dir', remove('api-np')),
  before('create api-nouser', remove('api-dir')),
  before('create api-nogrp', remove('api-nouser')),
  before('create api-wd', remove('api-nogrp')),
  before('create api-ep0', remove('api-wd')),
  before('create api-sig', remove('api-ep0')),
  before('stop sig graceful', start('api-sig'), { call: 'GET /containers/api-sig/json', after: 300 }),
  before('create api-ss', remove('api-sig')),
  before('stop with StopSignal KILL', start('api-ss')),
  before('create api-i', remove('api-ss')),
  before('stop init', start('api-i')),
  before('create api-x', remove('api-i')),
  before('wait 3', start('api-x')),
  before('create api-oom', remove('api-x')),
  before('wait oom', start('api-oom')),
  before('create api-port', remove('api-oom')),
]

const isRestarting = (answer: Json) => JSON.stringify(answer).includes('"Restarting":true')

const restartHealth = [
  before('inspect restarting', { call: 'GET /containers/api-ra/json', until: isRestarting }),
  before('create api-h', remove('api-ra'), remove('api-rp')),
  before('create api-hn', remove('api-h')),
  before('inspect health none', start('api-hn')),
  before('create api-ht', remove('api-hn')),
  { before: 'inspect health timeout', lead: 2600, calls: [start('api-ht')] },
  before('create api-he', remove('api-ht')),
  { before: 'inspect health exec not found', lead: 2600, calls: [start('api-he')] },
  before('create api-ar', remove('api-he')),
]

const waits = [before('wait removed via force rm', start('api-w2'))]

const logs = [
  before('no stream selected', start('api-l'), wait('api-l')),
  before('create api-lt', remove('api-l')),
  before('tty logs', start('api-lt'), wait('api-lt')),
  before('create api-lf', remove('api-lt')),
  before('follow live', start('api-lf')),
  before('create api-lf2', remove('api-lf')),
  before('follow until rm', start('api-lf2')),
  before('log driver none', start('api-ln'), wait('api-ln')),
  before('create api-lm', remove('api-ln')),
  before('long line details tail 1', start('api-lm'), wait('api-lm')),
  before('create api-ll', remove('api-lm')),
  before('local driver', start('api-ll'), wait('api-ll')),
]

const attach = [
  before('create api-at2', remove('api-at')),
  { before: 'create api-at3', lead: 1200, calls: [start('api-at2')] },
  before('create api-at3', remove('api-at2')),
  before('resize tty', start('api-at3')),
  before('create api-at4', remove('api-at3')),
  before('attach logs only', start('api-at4'), { call: 'GET /containers/api-at4/json', after: 300 }),
  before('attach notfound', remove('api-at4')),
  before('attach paused', start('api-at5'), call('POST /containers/api-at5/pause')),
  before('create api-at6', remove('api-at5')),
  before('attach exited stream', start('api-at6'), wait('api-at6')),
  before('create api-ws', remove('api-at6')),
  before('attach ws upgrade', start('api-ws')),
]

const execs = [
  before('plain: create', start('api-e')),
  before('exec start on paused', call('POST /containers/api-e/pause')),
  before('exec start on stopped', call('POST /containers/api-e/unpause'), call('POST /containers/api-e/stop?t=0')),
  before('exec inspect after rm', remove('api-e')),
]

const archive = [
  before('put', start('api-ar1')),
  before('create api-ro', remove('api-ar1')),
  before('put readonly rootfs', start('api-ro')),
]

const lists = [before('default', start('api-l1'), start('api-l2'), wait('api-l2'))]

const tagBusybox = (repository: string, tag: string) =>
  call(`POST /images/busybox:1.36/tag?repo=${repository}&tag=${tag}`)

const images = [
  before('rm by id multiple tags, running', start('api-ic')),
  before('rm cleanup v9', tagBusybox('api/img', 'v9')),
  before('rm used by stopped', call('POST /containers/api-ic/stop?t=0')),
  before('rm by id, stopped + two tags', tagBusybox('api/two', 't')),
  before('commit', call('DELETE /images/api/two:t')),
  before('prune dangling', remove('api-ic')),
  before('list after', remove('api-ic2')),
  before('rm by id, two repos, no containers', tagBusybox('api/two', 't')),
  before('rm by id, two tags same repo', call('DELETE /images/api/two:t'), tagBusybox('busybox', 'two')),
  before('create api-p1', call('DELETE /images/busybox:two')),
  before('commit parent', start('api-p1'), wait('api-p1')),
  before('commit child', start('api-p2'), wait('api-p2')),
  before('rm parent by id with child', remove('api-p2'), remove('api-p1')),
  before('rm imported', { call: 'GET /images/api/imported:t1/get', keep: 'imported' }),
]

const registry = [
  before(
    'push with progress',
    start('api-u'),
    wait('api-u'),
    call('POST /commit?container=api-u&repo=127.0.0.1:5000/api/uniq&tag=1', {}),
    remove('api-u'),
  ),
  before('auth', call('DELETE /images/127.0.0.1:5000/api/uniq:1')),
]

const build = (dockerfile: string): Call => ({ call: 'POST /build', tar: { Dockerfile: dockerfile } })

/** Earlier groups had pulled and built here, and their tags were removed. */
const hub = [
  before(
    'pull multi-layer fresh',
    call('POST /images/create?fromImage=busybox&tag=latest'),
    build('FROM busybox:latest\nENV A=1\n'),
    call('DELETE /images/busybox:latest'),
    call('DELETE /images/busybox:1.36'),
  ),
  before('push denied (anonymous)', call('POST /images/busybox:latest/tag?repo=good/app&tag=1')),
  before('push to other namespace', call('POST /images/busybox:latest/tag?repo=other/app&tag=1')),
  before('push official', call('POST /images/busybox:latest/tag?repo=library2&tag=1')),
  before(
    'pull private with creds',
    ...['good/app:1', 'other/app:1', 'library2:1'].map((name) => call(`DELETE /images/${name}`)),
  ),
]

const volumes = [before('prune default', call('POST /volumes/create', { Name: 'api-v9' }))]

const networks = [
  before('inspect net endpoints', start('api-nc')),
  before('connect bad ip', start('api-nc2')),
  before('connect host-mode ctr', start('api-hn')),
  before('connect ctr-mode ctr', start('api-cn')),
  before('connect none-mode ctr', start('api-none')),
  before('rm', ...['api-crt', 'api-none', 'api-cn', 'api-hn', 'api-nc2', 'api-nc'].map(remove)),
  before('pool1', call('POST /networks/prune')),
]

const file = { f: 'x' }

/** As the recorded events tell. */
const events: readonly Unrecorded[] = [
  {
    before: 'events filter type',
    lead: 8000,
    calls: [
      create('api-ev', { Cmd: ['sleep', '300'], Labels: { k: 'v' }, HostConfig: { Binds: ['api-evv:/d'] } }),
      start('api-ev'),
      call('POST /containers/api-ev/pause'),
      call('POST /containers/api-ev/unpause'),
      { ...call('POST /containers/api-ev/exec', { Cmd: ['sh', '-c', 'exit 2'], AttachStdout: true }), keep: 'exec' },
      call('POST /exec/{exec}/start', {}),
      call('POST /containers/api-ev/rename?name=api-ev2'),
      call('POST /containers/api-ev2/update', { Memory: 67108864, MemorySwap: 134217728 }),
      call('GET /containers/api-ev2/top'),
      { call: 'PUT /containers/api-ev2/archive?path=/tmp', tar: file },
      call('GET /containers/api-ev2/archive?path=/tmp'),
      call('POST /containers/api-ev2/kill?signal=HUP'),
      call('POST /containers/api-ev2/restart?t=0'),
      call('POST /containers/api-ev2/stop?t=0'),
      call('POST /commit?container=api-ev2&repo=api/evimg', {}),
      call('POST /images/api/evimg/tag?repo=api/evimg2&tag=x'),
      call('GET /images/api/evimg/get'),
      call('DELETE /images/api/evimg2:x'),
      call('DELETE /images/api/evimg'),
      call('GET /containers/api-ev2/export'),
      call('DELETE /containers/api-ev2'),
      call('POST /networks/create', { Name: 'api-evn' }),
      call('DELETE /networks/api-evn'),
      call('DELETE /volumes/api-evv'),
      ...['containers', 'images', 'volumes', 'networks', 'build'].map((kind) => call(`POST /${kind}/prune`)),
      create('api-ev3', { Cmd: ['sh', '-c', 'exit 3'], HostConfig: { AutoRemove: true } }),
      start('api-ev3'),
    ],
  },
]

const copyUp = { Dockerfile: 'FROM busybox:1.36\nRUN mkdir /data && printf seed > /data/f\nVOLUME /data\n' }

const extra = [
  before(
    'create api-x1',
    call('POST /volumes/create', { Name: 'api-v3', DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' } }),
  ),
  before('create full config', call('DELETE /containers')),
  before('create api-vf1', remove('api-full'), call('DELETE /volumes/api-fv')),
  before('create api-lk', start('api-vf1')),
  before('create api-ts', remove('api-lk'), remove('api-vf2'), remove('api-vf1')),
  before('stop signal=INT', start('api-ts'), { call: 'GET /containers/api-ts/json', after: 300 }),
  before('stop bad signal running', start('api-ts')),
  before('create api-kl', remove('api-ts')),
  before('kill by name without SIG lowercase', start('api-kl')),
  before('status text exited', wait('api-kl')),
  before('create api-sf', remove('api-kl')),
  before('create api-sfr', remove('api-sf')),
  before('create api-lr', remove('api-sfp')),
  before(
    'logs accumulate over restarts',
    start('api-lr'),
    wait('api-lr'),
    { ...start('api-lr'), after: 1000 },
    wait('api-lr'),
  ),
  before('create api-st1', remove('api-lr')),
  before(
    'status strings',
    start('api-st1'),
    start('api-st2'),
    call('POST /containers/api-st2/pause'),
    start('api-st3'),
  ),
  before('create api-rr', ...['api-st4', 'api-st3', 'api-st2', 'api-st1'].map(remove)),
  before('concurrent rm 1', start('api-rr')),
  before(
    'create with two user networks',
    call('POST /networks/create', { Name: 'api-m1' }),
    call('POST /networks/create', { Name: 'api-m2', IPAM: { Config: [{ Subnet: '10.88.5.0/24' }] } }),
  ),
  before('create with ip outside subnet', remove('api-mn')),
  before('create with mac+ip', remove('api-mi')),
  before('inspect stopped net settings', call('POST /containers/api-mm/stop?t=0')),
  before('create api-cu', remove('api-mm'), call('DELETE /networks/api-m1'), {
    call: 'POST /build?t=api/cu',
    tar: copyUp,
  }),
  before('volume copy-up', start('api-cu'), wait('api-cu')),
  before('create api-cua', remove('api-cu')),
  before('volumes after rm without v', call('DELETE /containers/api-cua')),
]

const versions = ['v1.40', 'v1.41', 'v1.42', 'v1.43', 'v1.44', 'v1.47', 'v1.51', 'v1.55']

const oom = ['sh', '-c', 'a=x; while :; do a=$a$a$a$a; done']
const health = { Test: ['CMD', 'true'], Interval: 1_000_000_000, Timeout: 1_000_000_000, Retries: 1 }

const misc: readonly Unrecorded[] = [
  before(
    'load image saved by id (untagged)',
    remove('api-noimg'),
    { ...call('GET /images/api/nocmd/json'), keep: 'nocmd' },
    { call: 'GET /images/{nocmd}/get', keep: 'untagged' },
    call('DELETE /images/api/nocmd'),
  ),
  before('rm base', ...['api-mg1', 'api-mg2', 'api-mg3', 'api-mg4', 'api-mg5'].map(remove)),
  ...versions.map((version, at) => ({
    before: `${version} inspect`,
    asTold: true,
    calls: [
      remove(at === 0 ? 'api-ck' : 'api-ver'),
      create('api-ver', { Cmd: ['sh', '-c', 'echo hi; sleep 300'] }),
      // The event came that much after StartedAt, and the seconds of `since` and `until` fall in between.
      { ...start('api-ver'), after: 130 },
    ],
  })),
  { before: 'event order', lead: 4100, calls: [call('POST /containers/api-ver/kill')] },
  {
    before: 'event order',
    lead: 3900,
    calls: [
      remove('api-ver'),
      create('api-eo', { Cmd: ['sleep', '300'] }),
      start('api-eo'),
      call('POST /containers/api-eo/stop?t=0'),
      start('api-eo'),
      call('POST /containers/api-eo/kill'),
      wait('api-eo'),
      start('api-eo'),
      remove('api-eo'),
      create('api-eo2', { Cmd: ['nosuch'] }),
      start('api-eo2'),
      remove('api-eo2'),
      create('api-eo3', { Cmd: oom, HostConfig: { Memory: 8388608, MemorySwap: 8388608 } }),
      start('api-eo3'),
      wait('api-eo3'),
      remove('api-eo3'),
      create('api-eo4', { Cmd: ['sleep', '300'], Healthcheck: health }),
      start('api-eo4'),
      { ...remove('api-eo4'), after: 1600 },
    ],
  },
  before('attach 1', start('api-da')),
]

/** By group, as the recordings' file names. */
export const unrecorded: Readonly<Record<string, readonly Unrecorded[]>> = {
  lifecycle,
  'restart-health': restartHealth,
  wait: waits,
  logs,
  attach,
  execs,
  archive,
  lists,
  images,
  registry,
  hub,
  volumes,
  networks,
  events,
  extra,
  misc,
}

/** Exchanges that were under way while later ones were made, where the order of the lines does not show it. */
export const overlapped: Readonly<Record<string, readonly string[]>> = {
  wait: ['wait removed via rm', 'wait removed via force rm'],
  logs: ['follow until rm'],
  attach: ['attach no upgrade headers', 'attach tty'],
  events: ['events live'],
  misc: ['attach 1', 'attach 2'],
}

/** Request bodies that were answers before: the recordings note only their members. */
export const bodies: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  images: {
    load: 'save',
    'load quiet': 'save',
    'load imported': 'imported',
    'reload busybox': 'save',
    'load again over existing': 'save',
  },
  misc: { 'load image saved by id (untagged)': 'untagged' },
}
