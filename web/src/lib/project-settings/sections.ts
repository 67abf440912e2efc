import type { Component } from 'svelte'
import { m } from '#lib/messages.ts'
import ProjectCosts from '#lib/usage/ProjectCosts.svelte'
import Choices from './Choices.svelte'
import DangerZone from './DangerZone.svelte'
import General from './General.svelte'
import MemberList from './MemberList.svelte'
import ProjectRules from './ProjectRules.svelte'
import SandboxSettings from './SandboxSettings.svelte'
import Secrets from './Secrets.svelte'

interface Section {
  /** As it stands in an address: `?settings=sandbox`. */
  id: string
  title: () => string
  about: () => string
  part: Component
}

/** The settings of a project, in the order in which they stand. */
export const sections: readonly Section[] = [
  { id: 'general', title: m.project_settings_general, about: m.project_settings_general_about, part: General },
  { id: 'rules', title: m.project_settings_rules, about: m.project_settings_rules_about, part: ProjectRules },
  { id: 'secrets', title: m.project_settings_secrets, about: m.project_settings_secrets_about, part: Secrets },
  { id: 'engine', title: m.project_settings_engine, about: m.project_settings_engine_about, part: Choices },
  { id: 'sandbox', title: m.project_settings_sandbox, about: m.project_settings_sandbox_about, part: SandboxSettings },
  { id: 'usage', title: m.project_settings_usage, about: m.project_settings_usage_about, part: ProjectCosts },
  { id: 'members', title: m.project_settings_members, about: m.project_settings_members_about, part: MemberList },
  { id: 'danger', title: m.project_settings_danger, about: m.project_settings_danger_about, part: DangerZone },
]
