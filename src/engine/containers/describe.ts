import { SECOND } from '../../core/instant.ts'
import { type Descriptions, ofContainer } from '../events/description.ts'
import type { EngineState } from '../state.ts'

const of = ({ containers }: EngineState, id: string) => containers.byId.get(id)

/** What `GET /events` tells of containers. moby: daemon/events.go and its callers */
export const containerDescriptions: Descriptions = {
  'container.create': ({ container }) => ofContainer(container, 'create'),
  'container.start': ({ id }, _, after) => ofContainer(of(after, id), 'start'),
  'container.kill': ({ id, signal }, _, after) => ofContainer(of(after, id), 'kill', { signal: String(signal) }),
  'container.die': ({ id, exitCode, at }, before, after) => {
    const seconds = Math.floor((at - (of(before, id)?.flags.startedAt ?? at)) / SECOND)
    return ofContainer(of(after, id), 'die', { exitCode: String(exitCode), execDuration: String(seconds) })
  },
  'container.oom': ({ id }, _, after) => ofContainer(of(after, id), 'oom'),
  'container.stop': ({ id }, _, after) => ofContainer(of(after, id), 'stop'),
  'container.restart': ({ id }, _, after) => ofContainer(of(after, id), 'restart'),
  'container.pause': ({ id }, _, after) => ofContainer(of(after, id), 'pause'),
  'container.unpause': ({ id }, _, after) => ofContainer(of(after, id), 'unpause'),
  'container.rename': ({ id, oldName }, _, after) => ofContainer(of(after, id), 'rename', { oldName: `/${oldName}` }),
  'container.update': ({ id }, _, after) => ofContainer(of(after, id), 'update'),
  'container.destroy': ({ id }, before) => ofContainer(of(before, id), 'destroy'),
  'container.prune': ({ reclaimed }) => ({
    type: 'container',
    action: 'prune',
    id: '',
    attributes: { reclaimed: String(reclaimed) },
  }),
  'container.attach': ({ id }, _, after) => ofContainer(of(after, id), 'attach'),
  'container.detach': ({ id }, _, after) => ofContainer(of(after, id), 'detach'),
  'container.resize': ({ id, columns, rows }, _, after) =>
    ofContainer(of(after, id), 'resize', { height: String(rows), width: String(columns) }),
  'container.archive-path': ({ id }, _, after) => ofContainer(of(after, id), 'archive-path'),
  'container.extract-to-dir': ({ id }, _, after) => ofContainer(of(after, id), 'extract-to-dir'),
  'container.export': ({ id }, _, after) => ofContainer(of(after, id), 'export'),
  'container.copy': ({ id }, _, after) => ofContainer(of(after, id), 'copy'),
  'container.top': ({ id }, _, after) => ofContainer(of(after, id), 'top'),
  'container.health_status': ({ id, status }, _, after) => ofContainer(of(after, id), `health_status: ${status}`),
}
