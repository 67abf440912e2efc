import { addressEndingStore } from './address-endings.ts'
import { announcementStore } from './announcements.ts'
import { apiKeyStore } from './api-keys.ts'
import { auditStore } from './audit.ts'
import { auditLogStore } from './audit-log.ts'
import { billingStore } from './billing.ts'
import { capStore } from './caps.ts'
import { closureStore } from './closures.ts'
import { deletionStore } from './deletions.ts'
import { engineStore } from './engines.ts'
import { eventStore } from './events.ts'
import { exportStore } from './exports.ts'
import { favouriteStore } from './favourites.ts'
import { flagStore } from './flags.ts'
import { folderStore } from './folders.ts'
import { generationStore } from './generations.ts'
import { guestStore } from './guests.ts'
import { idempotencyStore } from './idempotency.ts'
import { identityStore } from './identities.ts'
import { improvementStore } from './improvements.ts'
import { invitationStore } from './invitations.ts'
import { jobStore, type OnEnqueued } from './jobs.ts'
import { imageStore } from './images.ts'
import { keepingStore } from './keeping.ts'
import { ledgerStore } from './ledger.ts'
import { lockStore } from './locks.ts'
import { memoryStore } from './memories.ts'
import { modelCallStore } from './model-calls.ts'
import { moreRequestStore } from './more-requests.ts'
import { noticeStore } from './notices.ts'
import { organizationStore } from './organizations.ts'
import { peopleStore } from './people.ts'
import { projectStore } from './projects.ts'
import { queueStore } from './queue.ts'
import { quoteStore } from './quotes.ts'
import { receiptStore } from './receipts.ts'
import { remixStore } from './remixes.ts'
import { retryStore } from './retries.ts'
import { runLockStore } from './run-locks.ts'
import { runStore } from './runs.ts'
import { sandboxRoomStore } from './sandbox-room.ts'
import { sandboxStore } from './sandboxes.ts'
import { secretStore } from './secrets.ts'
import { sessionStore } from './sessions.ts'
import { signInRuleStore } from './sign-in-rules.ts'
import { shareStore } from './shares.ts'
import type { Transaction } from './sql.ts'
import { standingStore } from './standings.ts'
import { storageStore } from './storage.ts'
import { usageDayStore } from './usage-days.ts'
import { usageStore } from './usage.ts'
import { versionStore } from './versions.ts'
import { workshopStore } from './workshop.ts'

export type Stores = ReturnType<typeof storesOf>

/** What requests work with, as one transaction may see it. */
export function storesOf(transaction: Transaction, onEnqueued?: OnEnqueued) {
  return {
    addressEndings: addressEndingStore(transaction, onEnqueued),
    announcements: announcementStore(transaction),
    apiKeys: apiKeyStore(transaction),
    audit: auditStore(transaction),
    auditLog: auditLogStore(transaction),
    billing: billingStore(transaction, onEnqueued),
    caps: capStore(transaction),
    closures: closureStore(transaction, onEnqueued),
    deletions: deletionStore(transaction),
    engines: engineStore(transaction),
    events: eventStore(transaction),
    exports: exportStore(transaction, onEnqueued),
    favourites: favouriteStore(transaction),
    flags: flagStore(transaction),
    folders: folderStore(transaction),
    generations: generationStore(transaction),
    guests: guestStore(transaction),
    idempotency: idempotencyStore(transaction),
    identities: identityStore(transaction, onEnqueued),
    improvements: improvementStore(transaction),
    invitations: invitationStore(transaction),
    jobs: jobStore(transaction, onEnqueued),
    images: imageStore(transaction),
    keeping: keepingStore(transaction),
    ledger: ledgerStore(transaction),
    locks: lockStore(transaction),
    memories: memoryStore(transaction),
    modelCalls: modelCallStore(transaction),
    moreRequests: moreRequestStore(transaction),
    notices: noticeStore(transaction, onEnqueued),
    organizations: organizationStore(transaction),
    people: peopleStore(transaction),
    projects: projectStore(transaction),
    queue: queueStore(transaction),
    quotes: quoteStore(transaction),
    receipts: receiptStore(transaction),
    remixes: remixStore(transaction),
    secondTries: retryStore(transaction),
    runLocks: runLockStore(transaction),
    runs: runStore(transaction),
    sandboxes: sandboxStore(transaction),
    sandboxRoom: sandboxRoomStore(transaction),
    secrets: secretStore(transaction),
    sessions: sessionStore(transaction),
    signInRules: signInRuleStore(transaction),
    shares: shareStore(transaction),
    standings: standingStore(transaction),
    storage: storageStore(transaction),
    usage: usageStore(transaction),
    usageDays: usageDayStore(transaction),
    versions: versionStore(transaction),
    workshop: workshopStore(transaction),
  }
}
