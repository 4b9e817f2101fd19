import { spawn, spawnSync } from 'node:child_process'
import type { Listening } from '../../node/index.ts'
import { dockerEnv } from '../exec.ts'

export const hasDocker = (): boolean => spawnSync('docker', ['--version'], { stdio: 'ignore' }).status === 0

/** The docker CLI against the tank; what it prints goes to `print`. */
export function byDocker(
  args: readonly string[],
  { dockerHost }: Listening,
  config: string,
  print: (text: string) => void,
): Promise<void> {
  print(`$ docker ${args.map(quoted).join(' ')}\n`)
  const child = spawn('docker', args, { env: { ...dockerEnv(dockerHost), DOCKER_CONFIG: config } })
  for (const output of [child.stdout, child.stderr]) output.on('data', (bytes) => print(String(bytes)))
  child.stdin.end()
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => resolve())
  })
}

/** As one would type it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll('\t', '\\t').replaceAll("'", "'\\''")}'`
}
