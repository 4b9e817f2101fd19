import type { HubEvolution, HubVerbs } from '../verb.ts'
import type { Fault, Faults, PendingFault } from './fault.ts'

export interface FaultCommands {
  FaultAdd: { readonly fault: Fault }
  /** A request met it. */
  FaultMeet: { readonly id: string }
  FaultClear: object
}

export interface FaultEvents {
  'fault.add': { readonly fault: PendingFault }
  'fault.meet': { readonly id: string }
  'fault.clear': object
}

export const faultVerbs: HubVerbs<FaultCommands> = {
  FaultAdd: (_, { fault }, env) => [
    { type: 'fault.add', fault: { ...fault, id: env.id().slice(0, 12), left: fault.times ?? 1 } },
  ],
  FaultMeet: (_, { id }) => [{ type: 'fault.meet', id }],
  FaultClear: () => [{ type: 'fault.clear' }],
}

export const faultsEvolution: HubEvolution<Faults, FaultEvents> = {
  'fault.add': (slice, { fault }) => (fault.left > 0 ? [...slice, fault] : slice),
  'fault.meet': (slice, { id }) =>
    slice.map((one) => (one.id === id ? { ...one, left: one.left - 1 } : one)).filter(({ left }) => left > 0),
  'fault.clear': () => [],
}
