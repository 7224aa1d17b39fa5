import { expect, test } from 'vitest'
import { ConfigProblems, readConfig } from './config.ts'

const PROVIDER = {
  GRIDKEEPER_PUBLIC_URL: 'https://gridkeeper.example',
  GRIDKEEPER_OIDC_ISSUER: 'https://id.example',
  GRIDKEEPER_OIDC_CLIENT_ID: 'gridkeeper',
  GRIDKEEPER_OIDC_CLIENT_SECRET: 'not-to-be-seen',
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems
    throw error
  }
}

test('without a provider everybody signs in with a password', () => {
  expect(readConfig({}).signIn).toEqual({ oidc: null, breakGlass: null })
})

test('a provider that is told completely is taken, and its secret is never printed', () => {
  const { signIn } = readConfig({ ...PROVIDER, GRIDKEEPER_OIDC_REQUIRED_CLAIM: 'groups=a=b' })
  expect(signIn.oidc).toMatchObject({
    clientId: 'gridkeeper',
    linkByAccount: false,
    required: { claim: 'groups', value: 'a=b' },
  })
  expect(signIn.oidc?.publicUrl.href).toBe('https://gridkeeper.example/')
  expect(signIn.oidc?.clientSecret.reveal()).toBe('not-to-be-seen')
  expect(`${JSON.stringify(signIn)} ${String(signIn.oidc?.clientSecret)}`).not.toContain(
    'to-be-seen',
  )
})

test.each([
  {
    told: { GRIDKEEPER_OIDC_ISSUER: 'https://id.example' },
    wrong: ['public_url', 'oidc_client_id', 'oidc_client_secret'],
    because: 'half a provider is none',
  },
  {
    told: { ...PROVIDER, GRIDKEEPER_OIDC_ISSUER: 'http://id.example' },
    wrong: ['oidc_issuer'],
    because: 'a proof of identity does not travel in clear',
  },
  {
    told: { ...PROVIDER, GRIDKEEPER_OIDC_ISSUER: 'http://127.0.0.1:3000' },
    wrong: [],
    because: 'on this machine nobody listens in',
  },
  {
    told: { GRIDKEEPER_LOCAL_PASSWORDS: 'off', GRIDKEEPER_BREAK_GLASS_ACCOUNT: 'admin' },
    wrong: ['local_passwords'],
    because: 'without a provider nobody would get in',
  },
  {
    told: { ...PROVIDER, GRIDKEEPER_LOCAL_PASSWORDS: 'off' },
    wrong: ['break_glass_account'],
    because: 'somebody gets in while the provider is away',
  },
  {
    told: { ...PROVIDER, GRIDKEEPER_OIDC_SCOPES: 'profile' },
    wrong: ['oidc_scopes'],
    because: 'without openid there is no proof of identity',
  },
])('$wrong is told as wrong: $because', ({ told, wrong }) => {
  expect(problemsOf(told).map((line) => line.split(':')[0])).toEqual(wrong)
})
