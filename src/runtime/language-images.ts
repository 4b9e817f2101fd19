import type { Declaration } from '../engine/images/declare.ts'
import { alpine } from '../engine/images/official/alpine.ts'
import { debian } from '../engine/images/official/debian.ts'
import { executable, symlink } from '../engine/images/official/linux-tree.ts'
import type { TarEntry } from '../storage/tar/tar-entry.ts'
import type { Offer } from './offer.ts'

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const CREATED = 1_735_000_000_000_000

interface Language {
  readonly env: readonly string[]
  readonly entrypoint: readonly string[] | null
  readonly cmd: readonly string[]
  readonly files: readonly TarEntry[]
}

const imageOf = (base: Declaration, { env, entrypoint, cmd, files }: Language): Declaration => ({
  created: CREATED,
  history: [
    ...base.history,
    { createdBy: `ENV ${env.at(-1)}`, comment: 'buildkit.dockerfile.v0', emptyLayer: true },
    { createdBy: 'RUN /bin/sh -c set -eux; # buildkit', comment: 'buildkit.dockerfile.v0' },
    { createdBy: `CMD ${JSON.stringify(cmd)}`, comment: 'buildkit.dockerfile.v0', emptyLayer: true },
  ],
  config: { env, entrypoint, cmd, workingDir: base === alpine ? '/' : '' },
  layers: [...base.layers, files],
})

const NODE_FILES = [
  executable('usr/local/bin/docker-entrypoint.sh', 'node-entrypoint'),
  executable('usr/local/bin/node', 'node'),
  symlink('usr/local/bin/nodejs', '/usr/local/bin/node'),
  executable('usr/local/bin/npm', 'npm'),
  executable('usr/local/bin/npx', 'npx'),
]

const node = (version: string): Language => ({
  env: [`PATH=${SYSTEM_PATH}`, `NODE_VERSION=${version}`, 'YARN_VERSION=1.22.22'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['node'],
  files: NODE_FILES,
})

const python = (version: string, key: string): Language => {
  const minor = version.split('.').slice(0, 2).join('.')
  return {
    env: [
      `PATH=/usr/local/bin:${SYSTEM_PATH}`,
      ...(minor === '3.13' ? [] : ['LANG=C.UTF-8']),
      `GPG_KEY=${key}`,
      `PYTHON_VERSION=${version}`,
    ],
    entrypoint: null,
    cmd: ['python3'],
    files: [
      executable('usr/local/bin/pip', 'pip'),
      symlink('usr/local/bin/pip3', 'pip'),
      symlink('usr/local/bin/python', 'python3'),
      symlink('usr/local/bin/python3', `python${minor}`),
      executable(`usr/local/bin/python${minor}`, 'python'),
    ],
  }
}

/** Each on Debian, as such and `slim`, and on Alpine. */
function variants(tags: readonly string[], language: Language): Offer['images'] {
  const named = (...suffixes: string[]) =>
    suffixes.flatMap((suffix) => tags.map((tag) => (tag === 'latest' ? suffix : `${tag}-${suffix}`)))
  return [
    { tags: [...tags, ...named('bookworm', 'slim', 'bookworm-slim')], image: imageOf(debian, language) },
    { tags: named('alpine', 'alpine3.20'), image: imageOf(alpine, language) },
  ]
}

const LANGA = '7169605F62C751356D054A26A821E680E5FA6305'
const GALINDO = 'A035C8C19219BA821ECEA86B64E628F8D684696D'

/** Interpreters of languages, which run no code here: they tell their version and stay idle. */
export const LANGUAGE_IMAGES: readonly Offer[] = [
  {
    name: 'library/node',
    description: 'Node.js is a JavaScript-based platform for server-side and networking applications.',
    stars: 13_000,
    images: [
      ...variants(['latest', '23', '23.5', '23.5.0', 'current'], node('23.5.0')),
      ...variants(['lts', 'jod', '22', '22.12', '22.12.0'], node('22.12.0')),
      ...variants(['20', '20.18', '20.18.1', 'iron'], node('20.18.1')),
      ...variants(['18', '18.20', '18.20.5', 'hydrogen'], node('18.20.5')),
    ],
  },
  {
    name: 'library/python',
    description: 'Python is an interpreted, interactive, object-oriented, open-source programming language.',
    stars: 9900,
    images: [
      ...variants(['latest', '3', '3.13', '3.13.1'], python('3.13.1', LANGA)),
      ...variants(['3.12', '3.12.8'], python('3.12.8', LANGA)),
      ...variants(['3.11', '3.11.11'], python('3.11.11', GALINDO)),
    ],
  },
]
