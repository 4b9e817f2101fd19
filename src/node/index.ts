export { agent, type Connect, connect } from './agent.ts'
export { type Listening, type ListenWhere, listen } from './listen.ts'
export { type Published, type PublishOptions, publish } from './published.ts'
