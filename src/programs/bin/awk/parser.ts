import type { Instruction, Program, Redirect } from './code.ts'
import { AwkProblem } from './problem.ts'
import { type Token, tokenize } from './tokens.ts'

/** What can be assigned to. */
type Target =
  | { readonly type: 'variable'; readonly name: string; readonly local: number }
  | { readonly type: 'element'; readonly name: string; readonly local: number }
  | { readonly type: 'field' }

type Patch = { -readonly [K in keyof Instruction]: Instruction[K] } & { to?: number }

export const BUILTINS: ReadonlySet<string> = new Set([
  ...[
    'length',
    'substr',
    'index',
    'split',
    'sub',
    'gsub',
    'match',
    'sprintf',
    'toupper',
    'tolower',
    'sin',
    'cos',
    'atan2',
  ],
  ...[
    'exp',
    'log',
    'sqrt',
    'int',
    'rand',
    'srand',
    'system',
    'close',
    'fflush',
    'strftime',
    'systime',
    'and',
    'or',
    'xor',
  ],
  ...['lshift', 'rshift', 'compl'],
])

const DEPTH_LIMIT = 200

/** Reads a program and translates it as it goes. */
export class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  readonly #code: Instruction[] = []
  readonly #functions: Record<string, { entry: number; params: number; locals: number }> = {}
  readonly #called = new Map<string, string>()
  #params: string[] = []
  #loops: { breaks: number[]; continues: number[] }[] = []
  #ranges = 0
  #depth = 0
  /** Within the list of `print`: `>` redirects, and in parentheses of `for`: `in` is not an operator. */
  #noGreater = false
  #noIn = false

  constructor(source: string) {
    this.#tokens = tokenize(source)
  }

  program(): Program {
    const begin: number[] = []
    const rules: number[] = []
    const end: number[] = []
    this.#newlines()
    while (this.#peek().type !== 'end') {
      if (this.#is('BEGIN')) begin.push(this.#special())
      else if (this.#is('END')) end.push(this.#special())
      else if (this.#is('function') || this.#is('func')) this.#function()
      else rules.push(this.#rule())
      while (this.#peek().type === 'newline' || this.#is(';')) this.#at++
    }
    for (const [name, words] of this.#called) if (!this.#functions[name]) throw new AwkProblem(words)
    return { code: this.#code, begin, rules, end, functions: this.#functions, ranges: this.#ranges }
  }

  // Tokens

  #peek(): Token {
    return this.#tokens[this.#at]!
  }

  #is(text: string): boolean {
    const token = this.#peek()
    return token.text === text && token.type !== 'string' && token.type !== 'regex'
  }

  #accept(text: string): boolean {
    if (!this.#is(text)) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected()
  }

  #unexpected(): AwkProblem {
    const token = this.#peek()
    return new AwkProblem(
      token.type === 'end' || token.type === 'newline' ? 'unexpected end of line' : `unexpected token '${token.text}'`,
    )
  }

  #newlines(): void {
    while (this.#peek().type === 'newline') this.#at++
  }

  #emit(instruction: Instruction): number {
    this.#code.push(instruction)
    return this.#code.length - 1
  }

  /** A jump whose goal is not known yet. */
  #hole(op: 'jump' | 'jump-if' | 'jump-unless' | 'next-key'): number {
    return this.#emit({ op, to: -1 })
  }

  #fill(hole: number, to = this.#code.length): void {
    ;(this.#code[hole] as Patch).to = to
  }

  #enter(): void {
    if (++this.#depth > DEPTH_LIMIT) throw new AwkProblem('program is nested too deeply')
  }

  // Items

  #special(): number {
    this.#at++
    const entry = this.#code.length
    if (!this.#is('{')) throw this.#unexpected()
    this.#block()
    this.#emit({ op: 'done' })
    return entry
  }

  #rule(): number {
    const entry = this.#code.length
    let skip: number | undefined
    if (!this.#is('{')) {
      this.#expression()
      if (this.#accept(',')) {
        this.#newlines()
        this.#range(entry)
      }
      skip = this.#hole('jump-unless')
    }
    if (this.#is('{')) this.#block()
    else {
      this.#emit({ op: 'push', value: 0 })
      this.#emit({ op: 'load-field' })
      this.#emit({ op: 'print', count: 1, to: '' })
    }
    if (skip !== undefined) this.#fill(skip)
    this.#emit({ op: 'done' })
    return entry
  }

  /** `from, to`: the code of `from` stands already; it is skipped while the range is on. */
  #range(entry: number): void {
    const range = this.#ranges++
    const from = this.#code.splice(entry)
    this.#emit({ op: 'range-active', range })
    const on = this.#hole('jump-if')
    const shift = this.#code.length - entry
    for (const instruction of from)
      this.#emit(
        'to' in instruction && typeof instruction.to === 'number'
          ? ({ ...instruction, to: instruction.to + shift } as Instruction)
          : instruction,
      )
    const no = this.#hole('jump-unless')
    this.#emit({ op: 'set-range', range, on: true })
    this.#fill(on)
    this.#expression()
    const stays = this.#hole('jump-unless')
    this.#emit({ op: 'set-range', range, on: false })
    this.#fill(stays)
    this.#emit({ op: 'push', value: 1 })
    const end = this.#hole('jump')
    this.#fill(no)
    this.#emit({ op: 'push', value: 0 })
    this.#fill(end)
  }

  #function(): void {
    this.#at++
    const name = this.#peek().text
    this.#at++
    this.#expect('(')
    this.#params = []
    while (!this.#accept(')')) {
      if (this.#peek().type !== 'name') throw this.#unexpected()
      this.#params.push(this.#peek().text)
      this.#at++
      this.#accept(',')
      this.#newlines()
    }
    this.#newlines()
    this.#functions[name] = { entry: this.#code.length, params: this.#params.length, locals: this.#params.length }
    this.#block()
    this.#emit({ op: 'push', value: undefined })
    this.#emit({ op: 'return' })
    this.#params = []
  }

  // Statements

  #block(): void {
    this.#expect('{')
    this.#separators()
    while (!this.#accept('}')) {
      if (this.#peek().type === 'end') throw this.#unexpected()
      this.#statement()
      this.#separators()
    }
  }

  #separators(): void {
    while (this.#peek().type === 'newline' || this.#is(';')) this.#at++
  }

  /** The body of a condition or loop: a statement, perhaps on the next line. */
  #body(): void {
    this.#newlines()
    if (this.#accept(';')) return
    this.#statement()
  }

  #statement(): void {
    this.#enter()
    this.#statementOf(this.#peek())
    this.#depth--
  }

  #statementOf(token: Token): void {
    if (this.#is('{')) return this.#block()
    if (token.type === 'name' || token.type === 'call') {
      switch (token.text) {
        case 'if':
          return this.#if()
        case 'while':
          return this.#while()
        case 'do':
          return this.#do()
        case 'for':
          return this.#for()
      }
    }
    this.#simple()
    if (!this.#is('}') && !this.#accept(';') && this.#peek().type !== 'newline') throw this.#unexpected()
  }

  #if(): void {
    this.#at++
    this.#expect('(')
    this.#expression()
    this.#expect(')')
    const no = this.#hole('jump-unless')
    this.#body()
    const mark = this.#at
    this.#separators()
    if (!this.#accept('else')) {
      this.#at = mark
      return this.#fill(no)
    }
    const end = this.#hole('jump')
    this.#fill(no)
    this.#body()
    this.#fill(end)
  }

  #loop(body: () => void, next: number | undefined): void {
    this.#loops.push({ breaks: [], continues: [] })
    body()
    const { breaks, continues } = this.#loops.pop()!
    for (const hole of continues) this.#fill(hole, next ?? this.#code.length)
    this.#pendingBreaks = breaks
  }

  #pendingBreaks: number[] = []

  #while(): void {
    this.#at++
    const start = this.#code.length
    this.#expect('(')
    this.#expression()
    this.#expect(')')
    const end = this.#hole('jump-unless')
    this.#loop(() => this.#body(), start)
    this.#emit({ op: 'jump', to: start })
    this.#fill(end)
    for (const hole of this.#pendingBreaks) this.#fill(hole)
  }

  #do(): void {
    this.#at++
    const start = this.#code.length
    this.#loop(() => this.#body(), undefined)
    const breaks = this.#pendingBreaks
    this.#separators()
    this.#expect('while')
    this.#expect('(')
    this.#expression()
    this.#expect(')')
    this.#emit({ op: 'jump-if', to: start })
    for (const hole of breaks) this.#fill(hole)
  }

  #for(): void {
    this.#at++
    this.#expect('(')
    const [variable, word, array] = [this.#peek(), this.#tokens[this.#at + 1], this.#tokens[this.#at + 2]]
    if (variable.type === 'name' && word?.text === 'in' && array && this.#tokens[this.#at + 3]?.text === ')') {
      this.#at += 4
      return this.#forIn(variable.text, array.text)
    }
    if (!this.#is(';')) this.#simple()
    this.#expect(';')
    this.#newlines()
    const start = this.#code.length
    let end: number | undefined
    if (!this.#is(';')) {
      this.#expression()
      end = this.#hole('jump-unless')
    }
    this.#expect(';')
    this.#newlines()
    // The step stands in front of the body, and is jumped over once.
    const toBody = this.#hole('jump')
    const step = this.#code.length
    if (!this.#is(')')) this.#simple()
    this.#emit({ op: 'jump', to: start })
    this.#expect(')')
    this.#fill(toBody)
    this.#loop(() => this.#body(), step)
    this.#emit({ op: 'jump', to: step })
    if (end !== undefined) this.#fill(end)
    for (const hole of this.#pendingBreaks) this.#fill(hole)
  }

  #forIn(name: string, array: string): void {
    this.#emit({ op: 'keys', name: array, local: this.#local(array) })
    const start = this.#hole('next-key')
    this.#emit({ op: 'store', name, local: this.#local(name) })
    this.#emit({ op: 'pop' })
    this.#loop(() => this.#body(), start)
    this.#emit({ op: 'jump', to: start })
    for (const hole of this.#pendingBreaks) this.#fill(hole)
    this.#fill(start)
    this.#emit({ op: 'end-keys' })
  }

  /** A statement that may also stand in the head of `for`. */
  #simple(): void {
    const { text, type } = this.#peek()
    if (type === 'name' || type === 'call') {
      switch (text) {
        case 'print':
        case 'printf':
          return this.#print(text)
        case 'next':
        case 'nextfile':
          this.#at++
          this.#emit({ op: text === 'next' ? 'next' : 'next-file' })
          return
        case 'exit':
        case 'return':
          return this.#leave(text)
        case 'break':
        case 'continue':
          return this.#jump(text)
        case 'delete':
          return this.#delete()
      }
    }
    this.#expression()
    this.#emit({ op: 'pop' })
  }

  #endsStatement(): boolean {
    return this.#is(';') || this.#is('}') || this.#peek().type === 'newline' || this.#peek().type === 'end'
  }

  #leave(op: 'exit' | 'return'): void {
    this.#at++
    if (this.#endsStatement()) this.#emit({ op: 'push', value: undefined })
    else this.#expression()
    this.#emit({ op })
  }

  #jump(kind: 'break' | 'continue'): void {
    this.#at++
    const loop = this.#loops.at(-1)
    if (!loop) throw new AwkProblem(`'${kind}' not in a loop`)
    loop[kind === 'break' ? 'breaks' : 'continues'].push(this.#hole('jump'))
  }

  #delete(): void {
    this.#at++
    const name = this.#peek().text
    this.#at++
    const all = !this.#accept('[')
    if (!all) this.#subscripts()
    this.#emit({ op: 'delete', name, local: this.#local(name), all })
  }

  #print(op: 'print' | 'printf'): void {
    this.#at++
    let count = 0
    if (!this.#endsStatement() && !this.#is('>') && !this.#is('|') && !this.#is('>>')) count = this.#printList()
    let to: Redirect = ''
    for (const sign of ['>>', '>', '|'] as const) {
      if (to !== '' || !this.#accept(sign)) continue
      to = sign
      this.#concatenation()
    }
    if (op === 'print' && count === 0) {
      this.#emit({ op: 'push', value: 0 })
      this.#emit({ op: 'load-field' })
      if (to !== '') this.#emit({ op: 'swap' })
      count = 1
    }
    this.#emit({ op, count, to })
  }

  /** Expressions, perhaps in one pair of parentheses around them all. */
  #printList(): number {
    const outer = this.#noGreater
    if (this.#is('(') && this.#closesList()) {
      this.#at++
      this.#noGreater = false
      const count = this.#list(')')
      this.#noGreater = outer
      return count
    }
    this.#noGreater = true
    let count = 0
    do {
      this.#newlines()
      this.#expression()
      count++
    } while (this.#accept(','))
    this.#noGreater = outer
    return count
  }

  /** Whether the parenthesis here closes right before the end of the statement or a redirection. */
  #closesList(): boolean {
    let open = 0
    for (let at = this.#at; ; at++) {
      const { type, text } = this.#tokens[at]!
      if (type === 'end') return false
      if (type === 'string' || type === 'regex') continue
      if (text === '(') open++
      if (text === ')' && --open === 0) {
        const next = this.#tokens[at + 1]!
        return next.type === 'newline' || [';', '}', '>', '>>', '|'].includes(next.text)
      }
    }
  }

  #list(end: string): number {
    let count = 0
    this.#newlines()
    while (!this.#accept(end)) {
      if (count > 0) this.#expect(',')
      this.#newlines()
      this.#expression()
      this.#newlines()
      count++
    }
    return count
  }

  // Expressions

  #local(name: string): number {
    return this.#params.indexOf(name)
  }

  #expression(): void {
    this.#enter()
    this.#ternary()
    this.#depth--
  }

  static readonly ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^='])

  #ternary(): void {
    const target = this.#or()
    const { text, type } = this.#peek()
    if (target && type === 'operator' && Parser.ASSIGN.has(text)) return this.#assignment(target, text)
    if (!this.#accept('?')) return
    const no = this.#hole('jump-unless')
    this.#newlines()
    this.#expression()
    this.#newlines()
    this.#expect(':')
    this.#newlines()
    const end = this.#hole('jump')
    this.#fill(no)
    this.#expression()
    this.#fill(end)
  }

  /** The code just made loads the target: it becomes an assignment. */
  #assignment(target: Target, operator: string): void {
    this.#at++
    this.#newlines()
    this.#code.pop()
    const keeps = target.type !== 'variable'
    if (operator !== '=') {
      if (keeps) this.#emit({ op: 'duplicate' })
      this.#load(target)
    }
    this.#expression()
    if (operator !== '=') this.#emit({ op: 'binary', operator: operator.slice(0, -1) })
    this.#store(target)
  }

  #load(target: Target): void {
    if (target.type === 'field') this.#emit({ op: 'load-field' })
    else this.#emit({ op: target.type === 'element' ? 'load-element' : 'load', name: target.name, local: target.local })
  }

  /** Leaves the value on the stack. */
  #store(target: Target): void {
    if (target.type === 'field') this.#emit({ op: 'store-field' })
    else
      this.#emit({ op: target.type === 'element' ? 'store-element' : 'store', name: target.name, local: target.local })
  }

  #or(): Target | undefined {
    let target = this.#and()
    while (this.#accept('||')) {
      this.#newlines()
      this.#shortcut('jump-if', () => this.#and())
      target = undefined
    }
    return target
  }

  #and(): Target | undefined {
    let target = this.#membership()
    while (this.#accept('&&')) {
      this.#newlines()
      this.#shortcut('jump-unless', () => this.#membership())
      target = undefined
    }
    return target
  }

  #shortcut(op: 'jump-if' | 'jump-unless', right: () => void): void {
    this.#emit({ op: 'truth' })
    this.#emit({ op: 'duplicate' })
    const end = this.#hole(op)
    this.#emit({ op: 'pop' })
    right()
    this.#emit({ op: 'truth' })
    this.#fill(end)
  }

  #membership(): Target | undefined {
    let target = this.#matching()
    while (!this.#noIn && this.#is('in')) {
      this.#at++
      const name = this.#peek().text
      this.#at++
      this.#emit({ op: 'in', name, local: this.#local(name) })
      target = undefined
    }
    return target
  }

  #matching(): Target | undefined {
    let target = this.#comparison()
    while (this.#is('~') || this.#is('!~')) {
      const negated = this.#peek().text === '!~'
      this.#at++
      if (this.#peek().type === 'regex') {
        this.#emit({ op: 'regex', source: this.#peek().text })
        this.#at++
      } else this.#comparison()
      this.#emit({ op: 'match', negated })
      target = undefined
    }
    return target
  }

  static readonly COMPARE = new Set(['<', '<=', '==', '!=', '>', '>='])

  #comparison(): Target | undefined {
    let target = this.#concatenation()
    while (this.#peek().type === 'operator' && Parser.COMPARE.has(this.#peek().text)) {
      const { text } = this.#peek()
      if (text === '>' && this.#noGreater) break
      this.#at++
      this.#concatenation()
      this.#emit({ op: 'binary', operator: text })
      target = undefined
    }
    // `cmd | getline` binds looser than concatenation.
    while (this.#is('|') && this.#tokens[this.#at + 1]?.text === 'getline') {
      this.#at += 2
      this.#getline('command')
      target = undefined
    }
    return target
  }

  #concatenation(): Target | undefined {
    let target = this.#sum()
    while (this.#beginsOperand()) {
      this.#sum()
      this.#emit({ op: 'binary', operator: ' ' })
      target = undefined
    }
    return target
  }

  #beginsOperand(): boolean {
    const { type, text } = this.#peek()
    if (type === 'number' || type === 'string' || type === 'call') return true
    if (type === 'name') return text !== 'in' && text !== 'getline'
    return type === 'operator' && ['(', '$', '!', '-', '+', '++', '--'].includes(text)
  }

  #sum(): Target | undefined {
    return this.#leftToRight(['+', '-'], () => this.#product())
  }

  #product(): Target | undefined {
    return this.#leftToRight(['*', '/', '%'], () => this.#unary())
  }

  #leftToRight(operators: readonly string[], operand: () => Target | undefined): Target | undefined {
    let target = operand()
    while (this.#peek().type === 'operator' && operators.includes(this.#peek().text)) {
      const operator = this.#peek().text
      this.#at++
      this.#newlines()
      operand()
      this.#emit({ op: 'binary', operator })
      target = undefined
    }
    return target
  }

  #unary(): Target | undefined {
    const { text, type } = this.#peek()
    if (type !== 'operator' || !['!', '-', '+'].includes(text)) return this.#power()
    this.#enter()
    this.#at++
    this.#unary()
    this.#depth--
    this.#emit({ op: 'unary', operator: text })
    return undefined
  }

  #power(): Target | undefined {
    const target = this.#postfix()
    if (!this.#accept('^')) return target
    this.#enter()
    this.#unaryOrPower()
    this.#depth--
    this.#emit({ op: 'binary', operator: '^' })
    return undefined
  }

  /** The right side of a power may have a sign. */
  #unaryOrPower(): void {
    const { text } = this.#peek()
    if (text === '-' || text === '+' || text === '!') this.#unary()
    else this.#power()
  }

  #postfix(): Target | undefined {
    const prefix = this.#is('++') || this.#is('--') ? this.#peek().text : undefined
    if (prefix) {
      this.#at++
      const target = this.#primary()
      if (!target) throw this.#unexpected()
      this.#step(target, prefix, true)
      return undefined
    }
    const target = this.#primary()
    const { text } = this.#peek()
    if (!target || (text !== '++' && text !== '--')) return target
    this.#at++
    this.#step(target, text, false)
    return undefined
  }

  /** `++x` and `x++`; the code just made loads the target. */
  #step(target: Target, operator: string, prefix: boolean): void {
    this.#code.pop()
    if (target.type !== 'variable') this.#emit({ op: 'duplicate' })
    this.#load(target)
    this.#emit({ op: 'unary', operator: '+' })
    if (!prefix) {
      // The old value waits below the place of the element.
      this.#emit({ op: 'duplicate' })
      if (target.type !== 'variable') this.#emit({ op: 'rotate' })
    }
    this.#emit({ op: 'push', value: 1 })
    this.#emit({ op: 'binary', operator: operator === '++' ? '+' : '-' })
    this.#store(target)
    if (!prefix) this.#emit({ op: 'pop' })
  }

  #primary(): Target | undefined {
    const token = this.#peek()
    this.#at++
    switch (token.type) {
      case 'number':
        this.#emit({ op: 'push', value: Number(token.text) })
        return undefined
      case 'string':
        this.#emit({ op: 'push', value: token.text })
        return undefined
      case 'regex':
        this.#emit({ op: 'match-record', source: token.text })
        return undefined
      case 'call':
        return this.#call(token.text)
      case 'name':
        return this.#name(token.text)
      case 'operator':
        if (token.text === '(') return this.#parenthesis()
        if (token.text === '$') return this.#field()
    }
    this.#at--
    throw this.#unexpected()
  }

  #field(): Target {
    if (this.#is('++') || this.#is('--')) this.#postfix()
    else if (this.#is('-') || this.#is('+') || this.#is('!')) this.#unary()
    else this.#primary()
    this.#emit({ op: 'load-field' })
    return { type: 'field' }
  }

  #parenthesis(): undefined {
    const greater = this.#noGreater
    this.#noGreater = false
    const count = this.#list(')')
    this.#noGreater = greater
    if (count === 0) throw this.#unexpected()
    // (a, b) in c
    if (count > 1) {
      if (!this.#is('in')) throw this.#unexpected()
      this.#emit({ op: 'subscript', count })
    }
    return undefined
  }

  #subscripts(): void {
    const greater = this.#noGreater
    this.#noGreater = false
    const count = this.#list(']')
    this.#noGreater = greater
    this.#emit({ op: 'subscript', count })
  }

  #name(name: string): Target | undefined {
    if (name === 'getline') {
      this.#getline('main')
      return undefined
    }
    if (name === 'length') {
      this.#emit({ op: 'builtin', name, count: 0 })
      return undefined
    }
    const local = this.#local(name)
    if (this.#accept('[')) {
      this.#subscripts()
      this.#emit({ op: 'load-element', name, local })
      return { type: 'element', name, local }
    }
    this.#emit({ op: 'load', name, local })
    return { type: 'variable', name, local }
  }

  /** `getline`, `getline var`, `getline < file`, `cmd | getline`: pushes 1, 0 or -1. The record goes to a variable if one is named. */
  #getline(kind: 'main' | 'command'): void {
    const { type, text } = this.#peek()
    let target: Target | undefined
    if ((type === 'name' && text !== 'in') || text === '$') {
      const before = this.#code.length
      target = this.#primary()
      this.#code.splice(before)
      if (target && target.type !== 'variable') throw new AwkProblem('getline into that is not supported')
    }
    let from: 'main' | 'file' | 'command' = kind
    if (kind === 'main' && this.#accept('<')) {
      this.#primary()
      from = 'file'
    }
    this.#emit({ op: 'getline', from })
    // The machine pushes the record and the status; a missing record leaves the variable alone.
    this.#emit({ op: 'swap' })
    const none = this.#guard()
    if (target) this.#store(target)
    else this.#storeRecord()
    this.#emit({ op: 'pop' })
    const end = this.#hole('jump')
    this.#fill(none)
    this.#emit({ op: 'pop' })
    this.#fill(end)
  }

  #guard(): number {
    this.#emit({ op: 'duplicate' })
    this.#emit({ op: 'push', value: undefined })
    this.#emit({ op: 'binary', operator: 'missing' })
    return this.#hole('jump-if')
  }

  #storeRecord(): void {
    this.#emit({ op: 'push', value: 0 })
    this.#emit({ op: 'swap' })
    this.#emit({ op: 'store-field' })
  }

  #call(name: string): undefined {
    this.#expect('(')
    if (BUILTINS.has(name)) {
      this.#builtin(name)
      return undefined
    }
    let count = 0
    const greater = this.#noGreater
    this.#noGreater = false
    this.#newlines()
    while (!this.#accept(')')) {
      if (count > 0) this.#expect(',')
      this.#newlines()
      this.#argument()
      this.#newlines()
      count++
    }
    this.#noGreater = greater
    this.#called.set(name, `call to undefined function`)
    this.#emit({ op: 'call', name, count })
    return undefined
  }

  /** A bare name may be an array: the function gets the variable itself. */
  #argument(): void {
    const { type, text } = this.#peek()
    const next = this.#tokens[this.#at + 1]
    if (type === 'name' && (next?.text === ',' || next?.text === ')') && text !== 'getline' && text !== 'length') {
      this.#at++
      this.#emit({ op: 'reference', name: text, local: this.#local(text) })
    } else this.#expression()
  }

  #builtin(name: string): void {
    const greater = this.#noGreater
    this.#noGreater = false
    let count = 0
    let target: Target | undefined
    this.#newlines()
    while (!this.#accept(')')) {
      if (count > 0) this.#expect(',')
      this.#newlines()
      target = this.#builtinArgument(name, count)
      this.#newlines()
      count++
    }
    this.#noGreater = greater
    const place = target !== undefined && target.type !== 'variable' && count > 2
    this.#emit({ op: 'builtin', name, count: place ? count + 1 : count })
    if (name === 'sub' || name === 'gsub') this.#replace(count > 2 ? target : undefined)
  }

  #builtinArgument(name: string, index: number): Target | undefined {
    const pattern =
      (index === 0 && (name === 'sub' || name === 'gsub')) ||
      (index === 1 && name === 'match') ||
      (index === 2 && name === 'split')
    if (pattern && this.#peek().type === 'regex') {
      this.#emit({ op: 'regex', source: this.#peek().text })
      this.#at++
      return undefined
    }
    if (
      (name === 'split' && index === 1) ||
      (name === 'length' && this.#peek().type === 'name' && this.#tokens[this.#at + 1]?.text === ')')
    ) {
      const { text } = this.#peek()
      this.#at++
      this.#emit({ op: 'reference', name: text, local: this.#local(text) })
      return undefined
    }
    if (index === 2 && (name === 'sub' || name === 'gsub')) return this.#replaceTarget()
    this.#expression()
    return undefined
  }

  /** The third argument of `sub`: its place stays below its value. */
  #replaceTarget(): Target | undefined {
    const target = this.#or()
    if (!target || target.type === 'variable') return target
    this.#code.pop()
    this.#emit({ op: 'duplicate' })
    this.#load(target)
    return target
  }

  /** On the stack: the number of replacements, above the new text. They are stored where the text came from. */
  #replace(target: Target | undefined): void {
    if (!target) {
      this.#emit({ op: 'swap' })
      this.#storeRecord()
      this.#emit({ op: 'pop' })
      return
    }
    if (target.type === 'variable') {
      this.#emit({ op: 'swap' })
      this.#store(target)
      this.#emit({ op: 'pop' })
      return
    }
    // place, text, count → count, place, text
    this.#emit({ op: 'rotate' })
    this.#store(target)
    this.#emit({ op: 'pop' })
  }
}
