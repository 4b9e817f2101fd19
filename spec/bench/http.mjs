import { once } from 'node:events'
import http from 'node:http'
import { Worker } from 'node:worker_threads'
import { createWavetank } from '../../dist/index.js'
import { listen } from '../../dist/node/index.js'
import { row } from './table.mjs'

const CREATE = JSON.stringify({ Image: 'busybox:1.36', Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'none' } })

const ROUNDS = 3

/** Requests a second through `listen`, as a share of what a bare node:http server does right before. */
export async function httpBench({ count = 1500 } = {}) {
  const client = new Worker(new URL('./load.mjs', import.meta.url))
  const run = async (job) => {
    client.postMessage(job)
    const [result] = await once(client, 'message')
    return result
  }
  const constant = Buffer.from(JSON.stringify({ Id: 'a'.repeat(64), Warnings: [] }))
  const bare = http.createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': constant.length })
      response.end(constant)
    })
  })
  await once(bare.listen(0, '127.0.0.1'), 'listening')
  const tank = createWavetank({ clock: 'manual' })
  const door = await listen(tank, { port: 0 })
  const tankPort = Number(new URL(door.url.replace('tcp:', 'http:')).port)
  const barePort = bare.address().port

  const jobs = [
    ['create', { method: 'POST', path: '/v1.51/containers/create?name=b{r}x{i}', body: CREATE }],
    ['inspect', { method: 'GET', path: '/v1.51/containers/b1x1/json' }],
    ['start', { method: 'POST', path: '/v1.51/containers/b{r}x{i}/start', share: 0.5 }],
    ['list of 2,000', { method: 'GET', path: '/v1.51/containers/json?all=1&limit=2000', share: 0.01 }],
    [
      'filtered list',
      {
        method: 'GET',
        path: '/v1.51/containers/json?all=1&filters=%7B%22name%22%3A%5B%22%5Eb1x77%24%22%5D%7D',
        share: 0.3,
      },
    ],
    ['remove', { method: 'DELETE', path: '/v1.51/containers/b{r}x{i}?force=1' }],
  ]
  for (const connections of [1, 16]) {
    for (const [name, { share = 1, ...job }] of jobs) {
      const some = Math.max(20, Math.round(count * share))
      // Each in turn, the first time to warm up; a round works on containers of its own.
      const rounds = []
      for (let round = 0; round <= ROUNDS; round++) {
        const part = { ...job, path: job.path.replace('{r}', round), count: some, connections }
        const base = await run({ port: barePort, ...part })
        const ours = await run({ port: tankPort, ...part })
        const wrong = Object.keys(ours.statuses).filter((status) => status >= '400')
        if (wrong.length > 0) throw new Error(`${name}: ${JSON.stringify(ours.statuses)}`)
        if (round > 0) rounds.push({ perSecond: ours.perSecond, ratio: ours.perSecond / base.perSecond })
      }
      const { perSecond, ratio } = rounds.sort((a, b) => a.ratio - b.ratio)[(ROUNDS - 1) / 2]
      row(
        `${name}, ${connections} connection${connections > 1 ? 's' : ''}`,
        `${Math.round(perSecond)}/s`,
        ratio,
        'of bare node:http',
      )
    }
  }
  await door.close()
  tank.close()
  bare.close()
  await client.terminate()
}
