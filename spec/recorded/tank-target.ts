import type { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import { declareImage } from '../../src/engine/images/declare.ts'
import { createWavetank, type WavetankOptions } from '../../src/index.ts'
import { agent } from '../../src/node/index.ts'
import { recordedBusybox, recordedCatalog, recordedHost } from './recorded-world.ts'
import { socketTarget } from './socket-target.ts'
import type { Target } from './target.ts'

/** A fresh tank with the world of the recordings, reached by bytes within this process; its clock stands until told. */
export function tankTarget(now: number, hub: WavetankOptions['hub'] = false): Target {
  const { image, layers } = declareImage(recordedBusybox)
  const tank = createWavetank({
    seed: 'recorded',
    clock: 'manual',
    now: now * 1000,
    host: recordedHost,
    catalog: recordedCatalog,
    registries: ['127.0.0.1:5000'],
    hub,
    images: {
      'docker.io/library/busybox:1.36': {
        image: { ...image, comment: 'Imported from -', dockerVersion: '20.10.24+dfsg1' },
        layers,
      },
    },
  })
  const connections = agent(tank) as Agent & { createConnection(): Duplex }
  return socketTarget(() => connections.createConnection(), {
    elapse: async (ms) => {
      tank.clock.advance(ms)
      await turns()
    },
    arrive: turns,
    slow: false,
    now: () => tank.clock.now / 1000,
  })
}

/** A connection within the process needs a tick for each hand-over: of the request, the answer, and their ends. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve))
}
