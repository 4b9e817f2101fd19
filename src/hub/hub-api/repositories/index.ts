import type { HubVerbs } from '../../verb.ts'
import { removeTag } from '../tags/remove.ts'
import { categorize, create, immutableTags, remove, star, update } from './change.ts'
import type { HubRepositoryCommands } from './commands.ts'
import { assign, unassign } from './groups.ts'

/** The Hub API's verbs on repositories by command name. */
export const hubRepositoryVerbs: HubVerbs<HubRepositoryCommands> = {
  CreateRepository: create,
  UpdateRepository: update,
  DeleteRepository: remove,
  StarRepository: star,
  UpdateRepositoryCategories: categorize,
  UpdateRepositoryImmutableTags: immutableTags,
  CreateRepositoryGroup: assign,
  DeleteRepositoryGroup: unassign,
  DeleteRepositoryTag: removeTag,
}
