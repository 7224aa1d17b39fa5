import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Profile, readProfile } from './profile.ts'

const PROFILES = join(import.meta.dirname, '../../../../samples/profiles')

test('the published schema of profiles is the one that files are read by', () => {
  const published = JSON.parse(readFileSync(join(PROFILES, 'profile.schema.json'), 'utf8'))
  expect(published).toEqual(z.toJSONSchema(Profile))
})

test('the sample profile can be read', () => {
  const profile = readProfile(readFileSync(join(PROFILES, 'ibm-telco.yaml'), 'utf8'))
  expect(profile).toMatchObject({ name: 'ibm-telco', kind: 'subscribers' })
})

const HEAD = 'name: night\nkind: subscribers\n'
test.each([
  { yaml: 'columns: [', says: '1:', because: 'it is no YAML' },
  { yaml: `${HEAD}columns: []\nsql: select 1\n`, says: 'sql', because: 'nobody knows this key' },
  {
    yaml: `${HEAD}columns: [{ source: A, target: age, custom: b }]\n`,
    says: 'columns.0',
    because: 'a column becomes one thing',
  },
  {
    yaml: `${HEAD}columns: [{ source: A, target: "x\\"; drop" }]\n`,
    says: 'target',
    because: 'names are names',
  },
  {
    yaml: `${HEAD}columns: []\nderived: [{ target: age, eval: "1" }]\n`,
    says: 'derived.0',
    because: 'the functions are a closed set',
  },
])('a profile is refused with the place of the mistake: $because', ({ yaml, says }) => {
  expect(() => readProfile(yaml)).toThrow(
    expect.objectContaining({
      code: 'profile-invalid',
      values: { detail: expect.stringContaining(says) },
    }),
  )
})
