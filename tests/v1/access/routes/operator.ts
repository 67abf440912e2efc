import { team, suspect } from '../cast.ts'
import { announcementOf, type Place } from '../place.ts'
import { at, type Rows } from '../row.ts'

const operating = (rest: string) => (place: Place) => `/operator${at(rest)(place).replace(/^\/projects\/\w+/, '')}`
const reason = () => ({ reason: 'It sends spam.' })

export const operator: Rows = {
  'GET operator /people': { least: 'operator', path: operating('/people') },
  'PUT operator /people/:userId/suspension': {
    least: 'operator',
    path: operating(`/people/${suspect.id}/suspension`),
    body: reason,
  },
  'DELETE operator /people/:userId/suspension': {
    least: 'operator',
    path: operating(`/people/${suspect.id}/suspension`),
  },
  'GET operator /organizations': { least: 'operator', path: operating('/organizations') },
  'GET operator /organizations/:organizationId': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}`),
  },
  'PUT operator /organizations/:organizationId/grant': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/grant`),
    body: () => ({ tier: 'pro', limits: {}, until: null, ...reason() }),
  },
  'DELETE operator /organizations/:organizationId/grant': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/grant`),
  },
  'PUT operator /organizations/:organizationId/suspension': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/suspension`),
    body: reason,
  },
  'DELETE operator /organizations/:organizationId/suspension': {
    least: 'operator',
    path: operating(`/organizations/${suspect.organizationId}/suspension`),
  },
  'GET operator /flags': { least: 'operator', path: operating('/flags') },
  'PUT operator /flags/:name': {
    least: 'operator',
    path: operating('/flags/teams'),
    body: () => ({ percent: 100 }),
  },
  'PUT operator /flags/:name/organizations/:organizationId': {
    least: 'operator',
    path: () => `/operator/flags/teams/organizations/${suspect.organizationId}`,
    body: () => ({ on: false }),
  },
  'DELETE operator /flags/:name/organizations/:organizationId': {
    least: 'operator',
    path: () => `/operator/flags/prompt-improvement/organizations/${team}`,
  },
  'GET operator /announcements': { least: 'operator', path: operating('/announcements') },
  'POST operator /announcements': {
    least: 'operator',
    path: operating('/announcements'),
    body: () => ({
      tone: 'news',
      words: { en: 'It is tried.', de: null },
      from: '2090-01-01T00:00:00.000Z',
      until: null,
      dismissible: true,
    }),
  },
  'DELETE operator /announcements/:announcementId': {
    least: 'operator',
    path: ({ generation }) => `/operator/announcements/${announcementOf(generation)}`,
  },
  'GET operator /figures': { least: 'operator', path: operating('/figures') },
  'GET operator /runs': { least: 'operator', path: operating('/runs') },
  'POST operator /runs/:generationId/stop': { least: 'operator', path: operating('/runs/:g/stop'), body: reason },
}
