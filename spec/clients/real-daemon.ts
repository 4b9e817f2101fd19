import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface RealDaemon {
  readonly dockerHost: string
  /** Of its own. */
  readonly folder: string
  stop(): Promise<void>
}

/** A real dockerd in a folder of its own, which touches no network of the machine. */
export async function realDaemon(...args: string[]): Promise<RealDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-dockerd-'))
  const socket = join(folder, 'docker.sock')
  const places = ['--data-root', 'data', '--exec-root', 'exec', '--pidfile', 'pid'].map((one) =>
    one.startsWith('--') ? one : join(folder, one),
  )
  const quiet = ['--storage-driver', 'vfs', '--bridge', 'none', '--iptables=false', '--ip-masq=false']
  const child = spawn('dockerd', ['-H', `unix://${socket}`, ...places, ...quiet, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = text(child.stderr)
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve())
    child.on('error', () => resolve())
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    spawnSync('umount', ['-R', join(folder, 'data')], { stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
  if (await comesUp(child, `unix://${socket}`)) return { dockerHost: `unix://${socket}`, folder, stop }
  await stop()
  throw new Error(`dockerd did not come up: ${(await said).slice(-2000)}`)
}

async function comesUp(child: ChildProcess, dockerHost: string): Promise<boolean> {
  const socket = dockerHost.replace('unix://', '')
  for (let turn = 0; turn < 600 && child.exitCode === null; turn++) {
    if (existsSync(socket) && spawnSync('docker', ['-H', dockerHost, 'version'], { stdio: 'ignore' }).status === 0)
      return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

/** Why no dockerd can run here. */
export function whyNoDaemon(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can start a dockerd'
  const found = spawnSync('dockerd', ['--version'], { stdio: 'ignore' }).status === 0
  return found ? undefined : 'there is no dockerd on this machine'
}

/** Whether a dockerd can run here; else the reason is printed, and its specs are skipped. */
export function daemonIsHere(): boolean {
  const missing = whyNoDaemon()
  if (missing) console.warn(`skipped: ${missing}`)
  return missing === undefined
}
