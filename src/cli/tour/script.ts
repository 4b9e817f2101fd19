/** A request of the tour for those who have no docker CLI. */
export type Ask = readonly [method: string, path: string, body?: object]

export type Step =
  | { readonly docker: readonly string[]; readonly http: readonly Ask[]; readonly says: string }
  | { readonly passes: number; readonly says: string }

const HELLO = 'echo "hello from nowhere" > /f && cat /f && cat /f | wc -c'
const TICKS = 'for i in 1 2 3; do echo "tick $i"; sleep 2; done; exit 7'
const POLITE = 'trap "echo goodbye; exit 0" TERM; while :; do sleep 1; done'
const STATUS = 'table {{.Names}}\t{{.Image}}\t{{.Status}}'

const create = (name: string, ...Cmd: string[]): Ask => [
  'POST',
  `/containers/create?name=${name}`,
  { Image: 'busybox:1.36', Cmd },
]
const start = (name: string): Ask => ['POST', `/containers/${name}/start`]
const logs = (name: string): Ask => ['GET', `/containers/${name}/logs?stdout=1&stderr=1&follow=1`]
const remove = (name: string): Ask => ['DELETE', `/containers/${name}?force=1`]

/** What the tour shows, in this order. */
export const script: readonly Step[] = [
  {
    says: 'A Docker Engine answers, and there is none.',
    docker: ['version', '--format', 'Engine {{.Server.Version}}, API {{.Server.APIVersion}}'],
    http: [['GET', '/_ping']],
  },
  {
    says: 'Containers run: a shell and its programs, none of them of this machine.',
    docker: ['run', '--rm', 'busybox:1.36', 'sh', '-c', HELLO],
    http: [create('first', 'sh', '-c', HELLO), start('first'), logs('first'), remove('first')],
  },
  {
    says: 'A container that runs for six seconds, in the background.',
    docker: ['run', '-d', '--name', 'ticker', 'busybox:1.36', 'sh', '-c', TICKS],
    http: [create('ticker', 'sh', '-c', TICKS), start('ticker')],
  },
  {
    says: 'Somebody waits for its output, so its time passes: look at the stamps.',
    docker: ['logs', '-f', '--timestamps', 'ticker'],
    http: [['GET', '/containers/ticker/logs?stdout=1&follow=1&timestamps=1']],
  },
  { says: 'Its exit status.', docker: ['wait', 'ticker'], http: [['POST', '/containers/ticker/wait']] },
  {
    says: 'PID 1 without a handler does not hear TERM …',
    docker: ['run', '-d', '--name', 'stubborn', 'busybox:1.36', 'sleep', '1000'],
    http: [create('stubborn', 'sleep', '1000'), start('stubborn')],
  },
  {
    says: '… and one with a handler does.',
    docker: ['run', '-d', '--name', 'polite', 'busybox:1.36', 'sh', '-c', POLITE],
    http: [create('polite', 'sh', '-c', POLITE), start('polite')],
  },
  { says: 'Two seconds pass, because we say so.', passes: 2_000 },
  { says: 'A freezer.', docker: ['pause', 'stubborn'], http: [['POST', '/containers/stubborn/pause']] },
  { says: 'Three more.', passes: 3_000 },
  { says: 'Thawed.', docker: ['unpause', 'stubborn'], http: [['POST', '/containers/stubborn/unpause']] },
  {
    says: 'It hears TERM as soon as its sleep is over.',
    docker: ['stop', 'polite'],
    http: [['POST', '/containers/polite/stop']],
  },
  { says: 'Its last words.', docker: ['logs', 'polite'], http: [logs('polite')] },
  {
    says: 'It is killed after its five seconds of grace.',
    docker: ['stop', '-t', '5', 'stubborn'],
    http: [['POST', '/containers/stubborn/stop?t=5']],
  },
  {
    says: 'All of them.',
    docker: ['ps', '-a', '--format', STATUS],
    http: [['GET', '/containers/json?all=1']],
  },
  {
    says: 'Gone.',
    docker: ['rm', 'ticker', 'stubborn', 'polite'],
    http: [remove('ticker'), remove('stubborn'), remove('polite')],
  },
]
