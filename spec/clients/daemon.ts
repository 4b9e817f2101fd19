import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { DockerCli } from './docker.ts'

export const BUSYBOX = 'busybox:1.36'

/** A tank on a unix socket, a CLI that speaks to it, and a folder of this machine for files. */
export interface Daemon {
  readonly tank: Wavetank
  readonly docker: DockerCli
  readonly folder: string
  /** `docker run -d`, by name. */
  detached(name: string, ...args: string[]): Promise<string>
  /** What the daemon says when it refuses, after `Error response from daemon: `. */
  refusal(...args: string[]): Promise<string>
}

/** One for each test, gone after it. */
export function daemon(seed: string): Daemon {
  let tank: Wavetank
  let listening: Listening
  let docker: DockerCli
  let folder: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-cli-'))
    tank = createWavetank({ seed, clock: 'auto' })
    listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
    docker = new DockerCli(listening.dockerHost, folder)
  })
  afterEach(async () => {
    docker.close()
    tank.close()
    await listening.close()
    rmSync(folder, { recursive: true })
  })
  return {
    get tank() {
      return tank
    },
    get docker() {
      return docker
    },
    get folder() {
      return folder
    },
    detached: (name, ...args) => docker.out('run', '-d', '--name', name, BUSYBOX, ...args),
    async refusal(...args) {
      const { stderr, status } = await docker.run(args)
      if (status === 0) throw new Error(`docker ${args.join(' ')}: was not refused`)
      return stderr.split('Error response from daemon: ')[1]?.trimEnd().split('\n\nRun ')[0] ?? stderr
    },
  }
}
