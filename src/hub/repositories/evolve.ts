import type { HubEvolution } from '../verb.ts'
import type { RepositoryEvents } from './events.ts'
import { type Repositories, repositoryKey } from './repository.ts'

export const repositoriesEvolution: HubEvolution<Repositories, RepositoryEvents> = {
  'repository.set': (slice, { repository }) =>
    slice.set(repositoryKey(repository.registry, repository.name), repository),
  'repository.delete': (slice, { registry, name }) => slice.delete(repositoryKey(registry, name)),
  'manifest.add': (slice, { registry, name, at }) => touch(slice, registry, name, (one) => ({ ...one, updated: at })),
  'manifest.pull': (slice, { registry, name }) =>
    touch(slice, registry, name, (one) => ({ ...one, pulls: one.pulls + 1 })),
}

function touch(
  slice: Repositories,
  registry: string,
  name: string,
  change: (one: NonNullable<ReturnType<Repositories['get']>>) => NonNullable<ReturnType<Repositories['get']>>,
): Repositories {
  const key = repositoryKey(registry, name)
  const repository = slice.get(key)
  return repository ? slice.set(key, change(repository)) : slice
}
