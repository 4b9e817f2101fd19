import type { Declaration } from '../engine/images/declare.ts'
import { alpine } from '../engine/images/official/alpine.ts'
import { debian } from '../engine/images/official/debian.ts'
import { directory, executable, file, group, passwd, symlink } from '../engine/images/official/linux-tree.ts'
import { type Recipe, recipes } from '../programs/services/recipes.ts'
import type { TarEntry } from '../storage/tar/tar-entry.ts'
import type { Offer } from './offer.ts'

const BASES: Readonly<Record<Recipe['base'], Declaration | undefined>> = { alpine, debian, scratch: undefined }

/** What the shops say of them; the first words of the pages on Docker Hub. */
const SAID: Readonly<Record<string, readonly [stars: number, description: string]>> = {
  'library/nginx': [20_000, 'Official build of Nginx.'],
  'library/redis': [
    13_000,
    'Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.',
  ],
  'library/postgres': [
    14_000,
    'The PostgreSQL object-relational database system provides reliability and data integrity.',
  ],
  'library/mysql': [15_000, 'MySQL is a widely used, open-source relational database management system (RDBMS).'],
  'library/rabbitmq': [5000, 'RabbitMQ is an open source multi-protocol messaging broker.'],
  'library/httpd': [4700, 'The Apache HTTP Server Project'],
  'library/registry': [
    4000,
    'Distribution implementation for storing and distributing of container images and artifacts',
  ],
}

const ROOTS =
  'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr usr/bin usr/lib usr/local usr/local/bin usr/sbin usr/share var var/cache var/log var/tmp var/run'.split(
    ' ',
  )

const above = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

function imageOf(recipe: Recipe): Declaration {
  const base = BASES[recipe.base]
  const set = (list: readonly string[] | undefined) => list && { ...Object.fromEntries(list.map((one) => [one, {}])) }
  const exposedPorts = set(recipe.exposedPorts)
  const volumes = set(recipe.volumes)
  return {
    created: 1_735_000_000_000_000,
    history: [
      ...(base?.history ?? []),
      { createdBy: `COPY ${recipe.repository} / # buildkit`, comment: 'buildkit.dockerfile.v0' },
    ],
    config: {
      env: [...recipe.env],
      cmd: recipe.cmd ? [...recipe.cmd] : null,
      entrypoint: recipe.entrypoint ? [...recipe.entrypoint] : null,
      workingDir: recipe.workingDir ?? '',
      stopSignal: recipe.stopSignal ?? '',
      ...(exposedPorts ? { exposedPorts } : {}),
      ...(volumes ? { volumes } : {}),
    },
    layers: [...(base?.layers ?? []), { members: () => treeOf(recipe) }],
  }
}

/** The top layer: directories before what is in them. */
function treeOf({ base, directories = [], executables, files = {}, symlinks = {}, users = [] }: Recipe): TarEntry[] {
  const name = (path: string) => path.slice(1)
  const members = [
    ...Object.entries(executables).map(([path, program]) => executable(name(path), program)),
    ...Object.entries(files).map(([path, text]) => file(name(path), text)),
    ...Object.entries(symlinks).map(([path, target]) => symlink(name(path), target)),
    ...(users.length > 0 ? userFiles(users) : []),
  ]
  const paths = [...directories.map(name), ...members.map((member) => above(member.name))]
  // A base has its own directories, with their own modes.
  const known = new Set(base === 'scratch' ? [] : ROOTS)
  const all = new Set(paths.flatMap(ancestors).filter((path) => !known.has(path)))
  return [...[...all].sort().map((path) => directory(path)), ...members]
}

function ancestors(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

function userFiles(users: NonNullable<Recipe['users']>): TarEntry[] {
  const rows = users.map(({ name, id, home }) => `${name}:x:${id}:${id}:${name}:${home}:/bin/false\n`)
  const groups = users.map(({ name, id }) => `${name}:x:${id}:\n`)
  return [file('etc/passwd', passwd('/bin/sh') + rows.join('')), file('etc/group', group + groups.join(''))]
}

/** Repositories that have an Alpine variant of each Debian image. */
const BOTH = new Set(['library/nginx', 'library/redis', 'library/postgres', 'library/rabbitmq', 'library/httpd'])

/** On Debian under its own tags and those with the codename, on Alpine under those that say so. */
function variantsOf(recipe: Recipe): Recipe[] {
  if (!BOTH.has(recipe.repository)) return [recipe]
  const named = (suffix: string) => recipe.tags.map((tag) => (tag === 'latest' ? suffix : `${tag}-${suffix}`))
  return [
    { ...recipe, tags: [...recipe.tags, ...named('bookworm')] },
    { ...onAlpine(recipe), tags: named('alpine') },
  ]
}

/** There, postgres has no folder of its own. */
function onAlpine(recipe: Recipe): Recipe {
  const env = recipe.env
    .map((one) => one.replace(/:\/usr\/lib\/postgresql\/[^:]*/, '').replace(/^(PG_VERSION=[^-]*)-.*/, '$1'))
    .filter((one) => !/^(DYNPKG_RELEASE|NJS_RELEASE)=/.test(one))
  const moved = Object.entries(recipe.executables).map(([path, program]) => [
    path.replace(/^\/usr\/lib\/postgresql\/[^/]*/, '/usr/local'),
    program,
  ])
  return { ...recipe, base: 'alpine', env, executables: Object.fromEntries(moved) }
}

/** The images of the recipes, by repository. */
export const PROGRAM_IMAGES: readonly Offer[] = [...new Set(recipes.map(({ repository }) => repository))].map(
  (name) => {
    const [stars = 0, description = ''] = SAID[name] ?? []
    const own = recipes.filter(({ repository }) => repository === name).flatMap(variantsOf)
    return { name, stars, description, images: own.map((recipe) => ({ tags: recipe.tags, image: imageOf(recipe) })) }
  },
)
