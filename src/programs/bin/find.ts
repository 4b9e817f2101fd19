import { type Inode, isDirectory, isSymlink } from '../../storage/inode.ts'
import { freeze } from '../freeze.ts'
import type { Call } from './call.ts'
import { reapChild, startChild } from './exec.ts'
import { type Action, type Expression, parseFind } from './find-expression.ts'
import { matchesFind } from './find-match.ts'
import { FindProblem } from './find-problem.ts'
import { joined } from './paths.ts'
import { tool } from './tool.ts'

/** A place that is still to be visited; `after`: its directory was walked (-depth). */
interface Visit {
  readonly path: string
  readonly depth: number
  readonly after: boolean
}

export interface Find {
  roots: string[]
  expression: Expression | undefined
  readonly pending: Visit[]
  /** Evaluation of the place in hand, as far as it went: the answers of `-exec` in order. */
  visit: Visit | undefined
  answers: boolean[]
  child: number
  /** Paths collected for `-exec … +`, by the place of the action in the expression. */
  readonly batches: Map<number, string[]>
  flushing: boolean
  quit: boolean
}

/** Places that one step looks at. */
const BUDGET = 16

function begin(call: Call<Find>): void {
  const { roots, expression } = parseFind(call.process.argv.slice(1), call.kernel.now)
  Object.assign(call.data, { roots, expression: freeze(expression) })
  for (const path of [...roots].reverse()) call.data.pending.push({ path, depth: 0, after: false })
}

function nodeAt(call: Call<Find>, { path, depth }: Visit): Inode | undefined {
  const { follow, followRoots } = call.data.expression!
  const through = follow || (followRoots && depth === 0)
  try {
    return call.kernel.stat(call.process, path, through) as Inode
  } catch (error) {
    if (!through) return fail(call, error, path)
    try {
      return call.kernel.stat(call.process, path, false) as Inode
    } catch {
      return fail(call, error, path)
    }
  }
}

function fail(call: Call<Find>, error: unknown, path: string): undefined {
  call.failWith(error, undefined, path)
  return undefined
}

/** Thrown to wait for the child of an `-exec`; the place is looked at again then. */
class Waiting {}

/** Looks at one place, and plans those below it. */
function visitPlace(call: Call<Find>, visit: Visit): void {
  const { data } = call
  const expression = data.expression!
  const node = nodeAt(call, visit)
  data.visit = visit
  if (!node) return done(call)
  const enters = isDirectory(node) && !isSymlink(node) && visit.depth < expression.maxDepth
  if (expression.depthFirst && enters && !visit.after) {
    data.pending.push({ ...visit, after: true })
    return descend(call, visit)
  }
  let pruned = false
  if (visit.depth >= expression.minDepth) {
    let asked = 0
    evaluate(call, expression, visit.path, node, {
      ask: (run) => {
        const known = data.answers[asked]
        if (known !== undefined) {
          asked++
          return known
        }
        const answer = run()
        data.answers[asked++] = answer
        return answer
      },
      prune: () => {
        pruned = true
      },
    })
  }
  if (enters && !pruned && !visit.after) return descend(call, visit)
  done(call)
}

function done({ data }: Call<Find>): void {
  data.visit = undefined
  data.answers = []
}

function descend(call: Call<Find>, { path, depth }: Visit): void {
  done(call)
  const names = call.attempt(() => call.kernel.readdir(call.process, path), undefined, path) ?? []
  for (const name of [...names].reverse())
    call.data.pending.push({ path: joined(path, name), depth: depth + 1, after: false })
}

interface Answering {
  /** Runs something with an effect, once. */
  ask(run: () => boolean): boolean
  prune(): void
}

function evaluate(call: Call<Find>, expression: Expression, path: string, node: Inode, answering: Answering): void {
  matchesFind(call, expression.root, path, node, (action, place) => {
    if (action.type === 'prune') {
      answering.prune()
      return true
    }
    return answering.ask(() => act(call, action, place, path, node))
  })
}

function act(call: Call<Find>, action: Action, place: number, path: string, node: Inode): boolean {
  const { data } = call
  switch (action.type) {
    case 'print':
      call.out(`${path}${action.end}`)
      return true
    case 'delete':
      return remove(call, path, node)
    case 'quit':
      data.quit = true
      return true
    case 'exec':
      if (action.batch) {
        data.batches.set(place, [...(data.batches.get(place) ?? []), path])
        return true
      }
      return execute(
        call,
        action.argv.map((word) => word.replaceAll('{}', path)),
      )
    default:
      return true
  }
}

function remove(call: Call<Find>, path: string, node: Inode): boolean {
  const { files, caller, there } = call
  if (path === '.') return true
  const gone = call.attempt(
    () => {
      if (isDirectory(node)) files.rmdir(caller, path, there)
      else files.unlink(caller, path, there)
      return true
    },
    undefined,
    path,
  )
  return gone === true
}

/** Whether the command succeeded. What was printed before comes first. */
function execute(call: Call<Find>, argv: readonly string[]): boolean {
  const { data } = call
  if (call.frame.out.length > 0) {
    call.pause({ type: 'run' })
    throw new Waiting()
  }
  if (data.child === 0) {
    const pid = startChild(call, argv)
    if (pid === undefined) return false
    data.child = pid
  }
  const status = reapChild(call, data.child)
  if (status === undefined) throw new Waiting()
  data.child = 0
  return status === 0
}

/** `-exec … +`: at the end, all paths at once. */
function flush(call: Call<Find>): void {
  const { data } = call
  for (const [place, paths] of data.batches) {
    const action = data.expression!.actions[place]
    if (action?.type === 'exec') {
      const argv = action.argv.flatMap((word) => (word === '{}' ? paths : [word]))
      if (!execute(call, argv)) call.frame.code = 1
    }
    data.batches.delete(place)
  }
}

export const find = tool<Find>({
  name: 'find',
  short: '',
  usage: 'find [-HL] [PATH]... [OPTIONS] [ACTIONS]',
  raw: true,
  data: () => ({
    roots: [],
    expression: undefined,
    pending: [],
    visit: undefined,
    answers: [],
    child: 0,
    batches: new Map(),
    flushing: false,
    quit: false,
  }),
  run(call) {
    const { data } = call
    try {
      if (!data.expression) begin(call)
      for (let budget = BUDGET; budget > 0; budget--) {
        const next = data.visit ?? (data.quit ? undefined : data.pending.pop())
        if (!next) {
          flush(call)
          return undefined
        }
        visitPlace(call, next)
      }
      call.pause({ type: 'run' })
    } catch (error) {
      if (error instanceof Waiting) return undefined
      if (!(error instanceof FindProblem)) throw error
      call.fail(error.words)
      return 1
    }
    return undefined
  },
})
