/** What is offered to whom, and what is decided for everybody. Owns the schema `campaigns`. */
export { type Campaign, parseCampaign, type Written } from './campaign.ts'
export { campaignsOn, importSampleCampaigns, type Running, saveCampaign } from './campaigns.ts'
export { type Decided, decide, type Held } from './decide.ts'
export { REASONS, type Reason, reasonOf, type Values } from './reasons.ts'
export { campaignRoutes } from './routes.ts'
export { type NotSelected, whyNotSelected } from './why.ts'
