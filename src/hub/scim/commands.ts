export interface ScimName {
  readonly givenName: string | undefined
  readonly familyName: string | undefined
}

export interface ScimCommands {
  /** `email`: who comes; an account of it is made where there is none. */
  ScimUserCreate: { readonly organisation: string; readonly email: string; readonly name: ScimName }
  /** What is `undefined` of the name stays as it is. */
  ScimUserUpdate: {
    readonly organisation: string
    readonly account: string
    readonly name: ScimName
    readonly active: boolean
  }
}
