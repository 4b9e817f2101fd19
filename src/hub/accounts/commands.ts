export interface AccountCommands {
  /** A new account. It is inactive until the link in its e-mail is followed. */
  AccountRegister: { readonly name: string; readonly password: string; readonly email: string }
  /** The link was followed. */
  AccountConfirm: { readonly key: string }
  /** Another password; one address more, which is to be confirmed too. */
  AccountUpdate: { readonly name: string; readonly password: string | undefined; readonly email: string | undefined }
}
