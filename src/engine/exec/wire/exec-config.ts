import { bool, type Decoded, int, list, string, struct } from '../../../http/go-json.ts'

/** api/types/container: ExecOptions. `consoleSize` is rows, columns. */
export const execConfig = struct('ExecOptions', {
  user: string,
  privileged: bool,
  tty: bool,
  consoleSize: list(int, '[2]uint'),
  attachStdin: bool,
  attachStderr: bool,
  attachStdout: bool,
  detachKeys: string,
  env: list(string),
  workingDir: string,
  cmd: list(string),
})
export type ExecConfig = Decoded<typeof execConfig>

/** api/types/container: ExecStartOptions. */
export const execStartConfig = struct('ExecStartOptions', {
  detach: bool,
  tty: bool,
  consoleSize: list(int, '[2]uint'),
})
