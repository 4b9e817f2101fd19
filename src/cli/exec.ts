import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { parseArgs } from 'node:util'
import { createWavetank } from '../index.ts'
import { listen } from '../node/index.ts'
import { socketFolder } from './socket-folder.ts'
import { tankFlags, tankOptions } from './tank-options.ts'
import { usageError } from './usage.ts'

/** `wavetank exec -- COMMAND…`: ends with the command's status. */
export const exec = (args: string[]): Promise<number> => runIn('exec', args)

/** `wavetank trace -- COMMAND…`: … and tells on standard error who asked whom for what. */
export const trace = (args: string[]): Promise<number> => runIn('trace', args)

async function runIn(name: 'exec' | 'trace', args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: tankFlags, allowPositionals: true })
  const [command, ...rest] = positionals
  if (command === undefined) throw usageError(`${name} needs a command, after --`)
  const traced = name === 'trace'
  const tank = createWavetank({ ...tankOptions(values, 'auto'), record: traced })
  const folder = socketFolder()
  const { dockerHost, close } = await listen(tank, { socketPath: folder.path('docker.sock') })
  try {
    const status = await statusOf(spawn(command, rest, { stdio: 'inherit', env: dockerEnv(dockerHost) }))
    if (traced) console.error(tank.journal.toMermaid())
    return status
  } finally {
    tank.close()
    await close()
    folder.remove()
  }
}

/** The environment in which a Docker client finds the tank, whatever it was set up for before. */
export function dockerEnv(dockerHost: string): NodeJS.ProcessEnv {
  const { DOCKER_CONTEXT: _context, DOCKER_TLS_VERIFY: _verify, DOCKER_CERT_PATH: _path, ...env } = process.env
  return { ...env, DOCKER_HOST: dockerHost }
}

/** As a shell gives it: 127 and 126 when it cannot be run, 128 and the signal's number when it was killed. */
function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    // The terminal sends SIGINT to the command as well, and it is for the command to say what comes of it.
    const pass = (signal: NodeJS.Signals) => void (signal === 'SIGINT' || child.kill(signal))
    const end = (status: number) => {
      for (const signal of PASSED) process.off(signal, pass)
      resolve(status)
    }
    for (const signal of PASSED) process.on(signal, pass)
    child.on('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal!] ?? 0)))
    child.on('error', (error: NodeJS.ErrnoException) => {
      console.error(`wavetank: ${error.message}`)
      end(error.code === 'ENOENT' ? 127 : 126)
    })
  })
}

const PASSED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
