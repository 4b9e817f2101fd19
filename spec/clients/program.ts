import { spawn, spawnSync } from 'node:child_process'
import type { Ran } from './docker.ts'

/** What a client on this machine, pointed at a daemon, prints and how it ends. */
export function ran(command: string, args: readonly string[], dockerHost: string): Promise<Ran> {
  const { DOCKER_CONTEXT: _context, DOCKER_TLS_VERIFY: _verify, DOCKER_CERT_PATH: _certificates, ...env } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...env, DOCKER_HOST: dockerHost, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (bytes) => (stdout += String(bytes)))
    child.stderr.on('data', (bytes) => (stderr += String(bytes)))
    child.on('error', reject)
    child.on('close', (status) => resolve({ stdout, stderr, status }))
  })
}

/** Whether a client is on this machine; else the reason is printed, and its specs are skipped. */
export function isHere(name: string, command: string, args: string[]): boolean {
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return true
  console.warn(`skipped: there is no ${name} on this machine`)
  return false
}
