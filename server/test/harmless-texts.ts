/** Why texts of answers identify no subscriber: by name, or by the place of the name. */
const REASONS: Readonly<Record<string, string>> = {
  'about our own staff, who work here under their names':
    'savedBy savedByName madeBy madeByName publishedBy publishedByName importedBy importedByName recordedBy recordedByName closedByName requestedByName orderedBy decidedByName assigneeName staffName toStaffName headName linkedBy account agency skills days by askedByName plannedByName reviewedByName Sweep.goes.name OnSiteEvent.goes.name AuditEntry.actor.name readPersonList.person.name readPlan.imbalances.name comparePlans.byPerson.name readBoard.rows.rowName Staff.name Staff.phone Me.name',
  'the caller’s own session and secrets':
    'device token secret uri recoveryCodes leaveAt today subject SignedIn.before.address readAccount.sessions.address',
  'what a unit or a place is called, up to the village':
    'unitName town place placeName towns divisionCode readExpiryCalendar.byUnit.name readPlan.byUnit.name Rezoning.moves.name previewRezoning.zones.name OrganisationUnit.name ServiceToken.unit.name Webhook.unit.name Me.branches.name Me.path.name Me.unit.name readContactPolicy.from.name putContactPolicy.from.name readDormancy.from.name putDormancy.from.name readPlanRules.from.name putPlanRules.from.name readPrivacyRules.from.name putPrivacyRules.from.name readSignInRules.from.name putSignInRules.from.name readTaskRules.from.name putTaskRules.from.name readRankRules.from.name putRankRules.from.name readEventRules.from.name putEventRules.from.name',
  'a list of a day, each text of which is one of the types of personal data, or on this list: DayPack':
    'pack',
  'what somebody calls a phone of theirs': 'Device.name',
  'what a campaign, an offer, a profile, a rule or a day is called':
    'campaignName CalendarDay.name Season.name VisitWindow.name Campaign.name Campaign.skill Offer.name VisitTask.offer.name Task.offer.name readPlan.byCampaign.name comparePlans.byCampaign.name listProfiles.profiles.name putProfile.name readPermissions.actions.name readPermissions.roles.name ServiceToken.name Webhook.name readSignInWays.provider.name uploadFile.name listWorklists.rows.name',
  'a code, an id or a hash that names nobody':
    'code id week lapseId touchId receiptNo kind key keyId hash sha256 next planId taskId fromTask householdId contactId campaign reason action actions resource may can field group operators column setting type unit target profile snapshot rejects channel purpose result operator encoding delimiter resourceName refused AuditEntry.about.id ExportRow.number ErasureRow.number CorrectionRow.number taskIds',
  'a sentence or a label of the product’s own':
    'Webhook.because WebhookDelivery.outcome testWebhook.outcome actionName phase label what because summary why terms script needs windows missing notDelivered Reason.text Job.refusal.text deliverOutbox.items.problem.text PlanCounts.suppressed.text PlanCounts.unassigned.text readPlan.imbalances.text',
  'numbers and codes that a reason or an entry is made of; values of cells in them are masked by shownValue':
    'Reason.values AuditEntry.values',
  'written by whoever runs the branch, about a rule, a file, an export, a visit or an alarm about staff':
    'VisitReview.note crop lunar solarTerm month yaml forced file withdrawnReason decisionNote aliases source header titleLines Condition.value Field.values.value Alarm.looked.note',
  'noted of a lapse or a task by our own people, for those who work there; numbers in it are hidden':
    'LapseFile.reasons.evidence ClosedTask.note',
  'noted of an event of a hall by our own people, who are told to leave names and numbers out':
    'OnSiteEvent.calledOff.note EventFile.reports.note',
  'where another system takes what it is told, as its administrators wrote it': 'Webhook.url',
  'a product that is sold': 'plan product',
  'a number of a recording or a form, by which its holder finds it': 'Consent.proof.ref',
  'masked by column, which the schema of the answer checks':
    'Portrait.changes.before Portrait.changes.after Portrait.groups.values.text ColumnProposal.samples previewUpload.converted.values previewUpload.rows',
}

/** Each name or place with its reason. */
export const HARMLESS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(REASONS).flatMap(([reason, names]) =>
    names.split(' ').map((name) => [name, reason]),
  ),
)
