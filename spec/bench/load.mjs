// The client half of the HTTP benches, in a thread of its own so that it does not share the server's processor time.
import http from 'node:http'
import { parentPort } from 'node:worker_threads'

/** `count` requests over `connections` keep-alive connections; `{i}` in a path counts up. Gives requests a second. */
async function load({ port, method, path, body, count, connections, from = 0 }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const headers =
    body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  let next = 0
  const statuses = new Map()
  const one = () =>
    new Promise((resolve, reject) => {
      const target = path.replace('{i}', String(from + next++))
      const request = http.request({ port, host: '127.0.0.1', method, path: target, agent, headers }, (response) => {
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1)
        response.resume()
        response.on('end', resolve)
      })
      request.on('error', reject)
      request.end(body)
    })
  const lane = async () => {
    while (next < count) await one()
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: connections }, lane))
  const perSecond = (count * 1000) / (performance.now() - started)
  agent.destroy()
  return { perSecond, statuses: Object.fromEntries(statuses) }
}

parentPort.on('message', async (job) => parentPort.postMessage(await load(job)))
