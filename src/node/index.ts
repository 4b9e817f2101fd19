export { agent, type Connect, connect } from './agent.ts'
export { type Listening, type ListenWhere, listen } from './listen.ts'
export { type ListeningRegistry, listenRegistry, type RegistryWhere } from './listen-registry.ts'
export { type Published, type PublishOptions, publish } from './published.ts'
