/** What the site takes of the contract: types, addresses and cursors. Nothing here brings zod into the bundle. */
export type {
  Image,
  imageLimit,
  imageTypes,
  ImageUpload,
  Improved,
  Queue,
  QueuedMessage,
  Quote,
  WrittenMessage,
} from '../../../lib/contract/conversation.ts'
export type { Announcement, Announcements, NewAnnouncement } from '../../../lib/contract/announcement.ts'
export type { ApiKey, ApiKeys, MadeKey, NewKey } from '../../../lib/contract/api-key.ts'
export type {
  BilledInvoice,
  Billing,
  mostBeyond,
  mostPacks,
  OpenPayment,
  OpenPayments,
  OverLimit,
  OverLimits,
  SeatsPreview,
} from '../../../lib/contract/billing.ts'
export type { FileLock, FileLocks, Found, Match } from '../../../lib/contract/code.ts'
export type { PersonExport, PersonExports } from '../../../lib/contract/export.ts'
export type { Stored } from '../../../lib/contract/stored.ts'
export type { AuditEntry, AuditPage } from '../../../lib/contract/audit.ts'
export { formatCursor, parseCursor, type Cursor } from '../../../lib/contract/cursor.ts'
export type { Flag, Flags } from '../../../lib/contract/flag.ts'
export { findText, patternOf, type Wanted } from '../../../lib/contract/find-text.ts'
export { mergeLines } from '../../../lib/contract/merge-lines.ts'
export type { Event, EventOf, EventPage, EventType, Progress, runMayWrite } from '../../../lib/contract/event.ts'
export type {
  Attachment,
  Context,
  Generation,
  GenerationMode,
  Masked,
  mostAttachments,
  NewGeneration,
  promptLimit,
  StartedGeneration,
} from '../../../lib/contract/generation.ts'
export type {
  Caps,
  EngineSettings,
  OfferedModel,
  OfferedModels,
  ProjectLimits,
  rulesLimit,
} from '../../../lib/contract/engine.ts'
export type { Deletion, OpenedReceipt } from '../../../lib/contract/deletion.ts'
export type { Guest, GuestRole, Guests, InvitedGuest } from '../../../lib/contract/guest.ts'
export type { SiteSettings } from '../../../lib/contract/health.ts'
export type {
  ApiKeyId,
  FolderId,
  CallId,
  GenerationId,
  ImageId,
  InvitationId,
  MessageId,
  OrganizationId,
  ProjectId,
  ReceiptId,
  SessionId,
  ShareId,
  UserId,
  VersionId,
} from '../../../lib/contract/ids.ts'
export type { LiveTransports, liveProtocol, Renewal, ticketLife } from '../../../lib/contract/live.ts'
export type { SearchWord, shellClose, shellLimits, shellProtocols, TerminalWord } from '../../../lib/contract/shell.ts'
export type { Cost } from '../../../lib/contract/money.ts'
export type {
  Invitation,
  Invitations,
  Joined,
  MadeInvitation,
  Member,
  OpenedInvitation,
  Organization,
  organizationNameLimit,
  Team,
} from '../../../lib/contract/organization.ts'
export type {
  ActiveRun,
  Figures,
  Grant,
  KnownOrganization,
  KnownPerson,
  OrganizationDetail,
  UnderWay,
} from '../../../lib/contract/operator.ts'
export type { Page } from '../../../lib/contract/page.ts'
export { accountPaths } from '../../../lib/contract/account-paths.ts'
export { operatorPaths } from '../../../lib/contract/operator-paths.ts'
export { paths } from '../../../lib/contract/paths.ts'
export { projectPaths } from '../../../lib/contract/project-paths.ts'
export { operatorPermission } from '../../../lib/contract/permission.ts'
export type { ProblemBody } from '../../../lib/contract/problem-body.ts'
export type { ProblemCode } from '../../../lib/contract/problem.ts'
export type { iconColours, ProjectIcon } from '../../../lib/contract/icon.ts'
export type { DeletedProject, Folder, PublicProject, SharedProjects } from '../../../lib/contract/library.ts'
export type {
  NewProject,
  Project,
  ProjectChange,
  ProjectSort,
  Template,
  Visibility,
} from '../../../lib/contract/project.ts'
export type {
  RecordedAddresses,
  RecordedCallPlaces,
  Recording,
  RecordingPlace,
} from '../../../lib/contract/recording.ts'
export type {
  Identities as SignInIdentities,
  Identity as SignInIdentity,
  LinkTicket,
} from '../../../lib/contract/identity.ts'
export type {
  Session as SignedInSession,
  Sessions as SignedInSessions,
  SignInRules,
  CompanySignIn,
} from '../../../lib/contract/sign-in.ts'
export type { ModelChunk } from '../../../lib/contract/model.ts'
export type { Sandbox, SandboxState } from '../../../lib/contract/sandbox.ts'
export type { MadeShare, OpenedShare, Share, Shares } from '../../../lib/contract/share.ts'
export { styleNames, type StyleName } from '../../../lib/contract/style-names.ts'
export type { ProjectSecret } from '../../../lib/contract/secret.ts'
export type { Members, ProjectUsage, SandboxChoice, SandboxSettings } from '../../../lib/contract/workshop.ts'
export type { Usage, User, Role } from '../../../lib/contract/user.ts'
export type { MemberCap, MemberCaps } from '../../../lib/contract/engine.ts'
export type { OrganizationStorage, OrganizationUsage, UsageRows } from '../../../lib/contract/usage.ts'
export type {
  CurrentVersion,
  fileLimits,
  FileEntry,
  Uploads,
  Version,
  VersionDiff,
} from '../../../lib/contract/version.ts'
