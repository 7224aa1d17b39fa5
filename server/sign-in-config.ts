import { z } from 'zod'
import type { SignInSettings } from '#people'
import { Secret } from './secret.ts'

/** The part of the configuration that says how people sign in; empty: with account and password. */
export const SIGN_IN_SETTINGS = {
  public_url: z.url({ protocol: /^https?$/ }).optional(),
  oidc_issuer: z.url({ protocol: /^https?$/ }).optional(),
  oidc_client_id: z.string().min(1).optional(),
  oidc_client_secret: z.string().min(1).optional(),
  oidc_scopes: z
    .string()
    .regex(/^openid( [\x21-\x7e]+)*$/, 'begins with openid')
    .default('openid profile'),
  oidc_account_claim: z.string().min(1).default('preferred_username'),
  oidc_required_claim: z
    .string()
    .regex(/^[^=]+=.+$/, 'is name=value')
    .optional(),
  oidc_second_factor_claim: z
    .string()
    .regex(/^[^=]+=.+$/, 'is name=value')
    .default('amr=mfa'),
  oidc_link: z.enum(['off', 'by-account']).default('off'),
  oidc_name: z.string().min(1).max(40).optional(),
  local_passwords: z.enum(['on', 'off']).default('on'),
  break_glass_account: z.string().min(1).optional(),
}
type Given = z.output<z.ZodObject<typeof SIGN_IN_SETTINGS>>

/** Half a provider is none, and nobody is locked out by a setting: what is wrong, with its remedy. */
export function signInProblems(given: Given): string[] {
  const { oidc_issuer: issuer, local_passwords: passwords } = given
  const missing = (['public_url', 'oidc_client_id', 'oidc_client_secret'] as const).filter(
    (name) => issuer !== undefined && given[name] === undefined,
  )
  return [
    ...missing.map((name) => `${name}: is needed beside oidc_issuer`),
    ...(issuer !== undefined && !isGuarded(new URL(issuer))
      ? ['oidc_issuer: takes https; http is for a provider on this machine']
      : []),
    ...(passwords === 'off' && issuer === undefined
      ? ['local_passwords: off leaves nobody a way in without oidc_issuer']
      : []),
    ...(passwords === 'off' && given.break_glass_account === undefined
      ? ['break_glass_account: names the administrator who gets in while the provider is away']
      : []),
  ]
}

const isGuarded = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** Of a configuration without `signInProblems`. */
export function signInOf(given: Given): SignInSettings {
  const { oidc_issuer: issuer, public_url: publicUrl, oidc_client_id: clientId } = given
  const breakGlass = given.local_passwords === 'off' ? (given.break_glass_account ?? null) : null
  if (!issuer || !publicUrl || !clientId || !given.oidc_client_secret)
    return { oidc: null, breakGlass }
  const name = given.oidc_name
  return {
    breakGlass,
    oidc: {
      issuer: new URL(issuer),
      clientId,
      clientSecret: new Secret(given.oidc_client_secret),
      scopes: given.oidc_scopes,
      accountClaim: given.oidc_account_claim,
      required: given.oidc_required_claim ? claimOf(given.oidc_required_claim) : null,
      secondFactor: claimOf(given.oidc_second_factor_claim),
      linkByAccount: given.oidc_link === 'by-account',
      name: { zh: name ?? '统一认证', en: name ?? 'single sign-on' },
      publicUrl: new URL(publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`),
    },
  }
}

function claimOf(text: string): Readonly<{ claim: string; value: string }> {
  const [claim = '', ...value] = text.split('=')
  return { claim, value: value.join('=') }
}
