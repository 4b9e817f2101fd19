import { type Declaration, seconds } from '../declare.ts'
import { FACTS } from './facts.ts'
import { executable } from './linux-tree.ts'

/** A look-alike of `hello-world:latest`: one file. */
export const helloWorld: Declaration = {
  created: seconds(1_683_046_192),
  config: {
    env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    cmd: ['/hello'],
  },
  history: [
    { createdBy: 'COPY hello / # buildkit', comment: 'buildkit.dockerfile.v0' },
    { createdBy: 'CMD ["/hello"]', comment: 'buildkit.dockerfile.v0', emptyLayer: true },
  ],
  layers: [{ members: () => [executable('hello', 'hello')], facts: FACTS.helloWorld }],
}
