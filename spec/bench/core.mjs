import { createWavetank } from '../../dist/index.js'
import { median, row } from './table.mjs'

const encoder = new TextEncoder()
const body = encoder.encode(JSON.stringify({ Image: 'busybox:1.36', Cmd: ['sleep', '1000'], Labels: { team: 'a' } }))
const EMPTY = new Uint8Array()

const request = (method, target, bytes = EMPTY) => ({
  method,
  target,
  headers: bytes.length > 0 ? { 'content-type': 'application/json' } : {},
  body: bytes,
})

function filled(count, options = {}) {
  const tank = createWavetank({ clock: 'manual', ...options })
  for (let i = 0; i < count; i++) tank.serve(request('POST', `/v1.51/containers/create?name=c${i}`, body))
  return tank
}

/** The machine without HTTP, against what a fetch function that answers a constant costs in the same run. */
export async function coreBench() {
  const tank = filled(2000)
  const inspect = request('GET', '/v1.51/containers/c1000/json')
  const perCall = (calls, work) =>
    (median(7, () => {
      for (let i = 0; i < calls; i++) work()
    }) *
      1000) /
    calls
  perCall(2000, () => tank.serve(inspect))
  row('inspect through serve', `${perCall(2000, () => tank.serve(inspect)).toFixed(1)} µs`, undefined, '')

  const constant = async () => new Response('{"Id":"x"}', { headers: { 'content-type': 'application/json' } })
  const timed = async (calls, fetch) => {
    const started = performance.now()
    for (let i = 0; i < calls; i++) await (await fetch(new Request('http://docker/v1.51/containers/c1000/json'))).text()
    return ((performance.now() - started) * 1000) / calls
  }
  await timed(1000, constant)
  await timed(1000, (one) => tank.fetch(one))
  const base = await timed(3000, constant)
  const ours = await timed(3000, (one) => tank.fetch(one))
  row('inspect through tank.fetch', `${ours.toFixed(1)} µs`, ours / base, 'a fetch that answers a constant')

  const list = request('GET', '/v1.51/containers/json?all=1')
  for (let i = 0; i < 50; i++) tank.serve(list)
  row('list of 2,000 full summaries', `${median(15, () => tank.serve(list)).toFixed(2)} ms`)
  const filtered = request('GET', `/v1.51/containers/json?all=1&filters=${encodeURIComponent('{"name":["^c77$"]}')}`)
  for (let i = 0; i < 50; i++) tank.serve(filtered)
  row('filtered list among 2,000', `${median(15, () => tank.serve(filtered)).toFixed(3)} ms`)
  row('snapshot at 2,000 containers', `${median(15, () => tank.snapshot()).toFixed(3)} ms`)
  row('fork at 2,000 containers', `${median(15, () => tank.fork()).toFixed(3)} ms`)
  runBench()
  growth()
}

/** Whole containers: created, run to their end, removed. */
function runBench() {
  const tank = createWavetank({ clock: 'manual' })
  const run = encoder.encode(JSON.stringify({ Image: 'busybox:1.36', Cmd: ['sh', '-c', 'echo hi > /f; cat /f'] }))
  let n = 0
  const one = () => {
    const name = `r${n++}`
    tank.serve(request('POST', `/v1.51/containers/create?name=${name}`, run))
    tank.serve(request('POST', `/v1.51/containers/${name}/start`))
    tank.serve(request('DELETE', `/v1.51/containers/${name}?force=1`))
  }
  for (let i = 0; i < 50; i++) one()
  row('create, run `sh -c`, remove', `${median(15, one).toFixed(2)} ms`)
}

/** What one more container costs, in time and in memory, when there are many. */
function growth() {
  const create = (tank, from, count) => {
    const started = performance.now()
    for (let i = 0; i < count; i++) tank.serve(request('POST', `/v1.51/containers/create?name=g${from + i}`, body))
    return ((performance.now() - started) * 1000) / count
  }
  filled(3000)
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const tank = createWavetank({ clock: 'manual' })
  let made = 0
  let first
  for (const upTo of [100, 1000, 10_000, 100_000]) {
    // So many that the pauses of the garbage collector are spread over them.
    const some = Math.max(100, upTo / 10)
    create(tank, made, Math.max(0, upTo - made - some))
    made = Math.max(made, upTo - some)
    const cost = create(tank, made, some)
    made += some
    first ??= cost
    row(
      `create, with ${upTo.toLocaleString('en')} containers`,
      `${cost.toFixed(1)} µs`,
      cost / first,
      'of the cost at 100',
    )
  }
  globalThis.gc?.()
  row('memory of a container', `${((process.memoryUsage().heapUsed - before) / 100_000 / 1024).toFixed(2)} KiB`)
}
