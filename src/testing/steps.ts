import fc from 'fast-check'
import type { Request } from '../http/input.ts'
import { request } from './request.ts'

const name = fc.constantFrom('alpha', 'beta', 'gamma')
const script = fc.constantFrom(
  'echo hi',
  'echo out; echo err >&2; exit 3',
  'while :; do echo tick; sleep 1; done',
  'trap "echo bye; exit 4" TERM; while :; do sleep 1; done',
  'echo data > /f; sleep 5; cat /f',
  'sleep 100',
)
const policy = fc.constantFrom('no', 'always', 'on-failure', 'unless-stopped')

const one = fc.oneof(
  { weight: 4, arbitrary: fc.record({ name, script, policy, autoRemove: fc.boolean() }).map(create) },
  { weight: 6, arbitrary: name.map((who) => request('POST', `/containers/${who}/start`)) },
  ...['stop?t=2', 'restart?t=1', 'pause', 'unpause'].map((verb) => ({
    weight: 2,
    arbitrary: name.map((who) => request('POST', `/containers/${who}/${verb}`)),
  })),
  {
    weight: 2,
    arbitrary: fc
      .record({ name, signal: fc.constantFrom('TERM', 'KILL', 'HUP', '0', 'NOPE') })
      .map(({ name: who, signal }) => request('POST', `/containers/${who}/kill?signal=${signal}`)),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ name, to: name })
      .map(({ name: who, to }) => request('POST', `/containers/${who}/rename?name=${to}`)),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ name, force: fc.boolean() })
      .map(({ name: who, force }) => request('DELETE', `/containers/${who}?force=${force}`)),
  },
  ...['json', 'logs?stdout=1&stderr=1&timestamps=1'].map((what) => ({
    weight: 2,
    arbitrary: name.map((who) => request('GET', `/containers/${who}/${what}`)),
  })),
  { weight: 1, arbitrary: fc.constant(request('GET', '/containers/json?all=1')) },
  { weight: 1, arbitrary: fc.constant(request('GET', '/images/json')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a/b:1', 'a/b:2').map((to) => request('POST', `/images/busybox:1.36/tag?repo=${to}`)),
  },
)

function create({
  name: who,
  script: text,
  policy: restart,
  autoRemove,
}: {
  readonly name: string
  readonly script: string
  readonly policy: string
  readonly autoRemove: boolean
}): Request {
  return request('POST', `/containers/create?name=${who}`, {
    Image: 'busybox:1.36',
    Cmd: ['sh', '-c', text],
    HostConfig: { RestartPolicy: { Name: restart }, AutoRemove: autoRemove },
  })
}

/** A request, and how much virtual time (ms) goes by after it. */
export interface Step {
  readonly request: Request
  readonly pause: number
}

/** A step in the life of three containers, of which most but not all make sense. */
export const step: fc.Arbitrary<Step> = fc.record({ request: one, pause: fc.constantFrom(0, 0, 0, 300, 2_500) })

/**
 * Up to so many steps: containers of three names are created, started, stopped, killed, paused, renamed, removed, inspected
 * and read, now and then when they are not there. For properties over whatever speaks to an engine.
 *
 * @example
 * fc.assert(fc.property(steps(40), (all) => { for (const one of all) take(tank, one) }))
 */
export const steps = (maxLength: number): fc.Arbitrary<Step[]> => fc.array(step, { maxLength, size: 'max' })
