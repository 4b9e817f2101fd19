import type { EngineVerbs } from '../verb.ts'
import { attach, detach } from './attach.ts'
import { pause, probe, resume, timeout } from './health-probe.ts'
import { flushInput, input } from './input.ts'
import { output } from './output.ts'
import { resize } from './resize.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** The verbs of a container's streams by command name. */
export const streamVerbs: EngineVerbs<ContainerStreamCommands> = {
  ContainerOutput: output,
  ContainerAttach: attach,
  ContainerDetach: detach,
  ContainerInput: input,
  ContainerInputFlush: flushInput,
  ContainerResize: resize,
  HealthProbe: probe,
  HealthTimeout: timeout,
  HealthPause: pause,
  HealthResume: resume,
}
