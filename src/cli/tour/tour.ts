import { parseArgs } from 'node:util'
import { createWavetank } from '../../index.ts'
import { type Listening, listen } from '../../node/index.ts'
import type { Wavetank } from '../../runtime/wavetank.ts'
import { socketFolder } from '../socket-folder.ts'
import { byDocker, hasDocker } from './by-docker.ts'
import { byHttp } from './by-http.ts'
import { type Step, script } from './script.ts'
import { timeline } from './timeline.ts'

/** `wavetank tour`: what a tank does, on a unix socket, with the docker CLI where there is one. */
export async function tour(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { http: { type: 'boolean', default: false } } })
  const print = (text: string) => void process.stdout.write(text)
  const tank = createWavetank({ clock: 'auto', record: true })
  const folder = socketFolder()
  const listening = await listen(tank, { socketPath: folder.path('docker.sock') })
  const [began, first] = [performance.now(), tank.clock.now]
  try {
    const docker = !values.http && hasDocker()
    if (!docker) print('There is no docker CLI here: these are the requests that it would send.\n')
    print(`A tank listens on ${listening.dockerHost}\n`)
    for (const step of script) await show(step, { tank, listening, docker, config: folder.path('config'), print })
    print(`\nThe lives of the containers, from the journal of the tank:\n\n${timeline(tank.journal.entries)}\n\n`)
    print(
      `${seconds((tank.clock.now - first) / 1e6)} of theirs, ${seconds((performance.now() - began) / 1e3)} of yours.\n`,
    )
    return 0
  } finally {
    tank.close()
    await listening.close()
    folder.remove()
  }
}

interface Stage {
  readonly tank: Wavetank
  readonly listening: Listening
  /** The CLI is there. */
  readonly docker: boolean
  /** A folder of settings for it that is ours. */
  readonly config: string
  readonly print: (text: string) => void
}

async function show(step: Step, { tank, listening, docker, config, print }: Stage): Promise<void> {
  print(`\n# ${step.says}\n`)
  if ('passes' in step) tank.clock.advance(step.passes)
  else if (docker) await byDocker(step.docker, listening, config, print)
  else await byHttp(step.http, String(listening.address), print)
}

const seconds = (count: number) => `${count.toFixed(1)} s`
