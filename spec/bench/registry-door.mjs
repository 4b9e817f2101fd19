// A registry of a tank in a process of its own: says its port, and on request how much memory it holds.
import { createWavetank } from '../../dist/index.js'
import { listenRegistry } from '../../dist/node/index.js'

const tank = createWavetank({ clock: 'real', hub: false })
const door = await listenRegistry(tank)
const held = () => {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const before = held()
process.on('message', () => process.send({ held: held() - before }))
process.send({ port: door.address.port })
