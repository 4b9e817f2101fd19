import { file } from '../../src/engine/images/official/linux-tree.ts'
import type { WavetankOptions } from '../../src/index.ts'
import { recordedBusybox } from './recorded-world.ts'

/** The Hub that stood beside the recorded engine: two images, one account with a private repository, some that are out of order. */
export const recordedHub: WavetankOptions['hub'] = {
  accounts: [{ name: 'good', password: 'pass' }],
  catalog: [],
  repositories: [
    {
      name: 'library/busybox',
      description: 'Busybox base image.',
      stars: 3000,
      images: [{ tags: ['latest'], image: recordedBusybox }],
    },
    { name: 'foo/busybox', stars: 5 },
    { name: 'library/multi', images: [{ tags: ['latest'], image: multi() }] },
    { name: 'good/app', visibility: 'private', images: [{ tags: ['0'], image: recordedBusybox }] },
    { name: 'library/ratelimited', fault: 429 },
    { name: 'library/err500', fault: 500 },
    { name: 'library/err503', fault: 503 },
  ],
}

/** Two layers over busybox. */
function multi() {
  const { layers = [], config } = recordedBusybox
  return {
    ...recordedBusybox,
    config: { ...config, env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
    layers: [...layers, [file('a', noise(1_500_000))], [file('b', noise(400_000))]],
    history: [...(recordedBusybox.history ?? []), { createdBy: 'COPY a' }, { createdBy: 'COPY b' }],
  }
}

/** Text that does not compress well. */
function noise(length: number): string {
  let seed = length
  let text = ''
  while (text.length < length) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    text += String.fromCharCode(33 + ((seed >>> 16) % 94))
  }
  return text
}
