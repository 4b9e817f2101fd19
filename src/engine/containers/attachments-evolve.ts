import { type Attachment, dnsNames, withAttachment } from '../networks/attachment.ts'
import type { EngineEvolution } from '../verb.ts'
import { change } from './change.ts'
import type { Container, Containers } from './container.ts'

/** What containers are connected to. */
export const attachmentsEvolution: EngineEvolution<Containers, object> = {
  'network.connect': (slice, { container, attachment, key }) =>
    change(slice, container, ({ attachments }) => {
      const others = attachments.filter(({ name }) => name !== key)
      return { attachments: withAttachment(others, attachment) }
    }),
  'network.attach': (slice, { container, attachment }) => attach(slice, container, attachment),
  'network.connect_failed': (slice, { container, attachment }) => attach(slice, container, attachment),
  'network.disconnect': (slice, { id, name, container, forget }) =>
    change(slice, container, ({ attachments }) => ({
      attachments: attachments.flatMap((one) => {
        if (one.networkId !== id && one.name !== name && one.name !== id) return [one]
        return forget ? [] : [{ ...one, networkId: id }]
      }),
    })),
}

const attach = (slice: Containers, id: string, attachment: Attachment): Containers =>
  change(slice, id, ({ attachments }) => ({ attachments: withAttachment(attachments, attachment) }))

/** A container that does not run gets its names at the next start. */
export function renamedAttachments({ id, config, flags, attachments }: Container, name: string): readonly Attachment[] {
  if (!flags.running || flags.restarting) return attachments
  const { hostname } = config
  return attachments.map((one) => ({ ...one, dnsNames: dnsNames({ id, name, hostname }, one.config.aliases) }))
}
