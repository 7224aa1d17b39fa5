import type { Sentences } from '../language.ts'

/** Refusals of addresses outside, and of webhooks. */
export const WEBHOOKS_REFUSALS = {
  'address-malformed': {
    zh: '地址不是有效的网址，请以 https:// 开头完整填写。',
    en: 'This is no valid address; write all of it, beginning with https://.',
  },
  'address-not-https': {
    zh: '地址须以 https:// 开头；内网地址用 http:// 须由系统管理员在 GRIDKEEPER_WEBHOOK_NETWORKS 中放行。',
    en: 'The address must begin with https://; plain http:// inside takes GRIDKEEPER_WEBHOOK_NETWORKS in the configuration.',
  },
  'address-with-password': {
    zh: '地址中不能带用户名或密码；消息已有签名，由对方验签。',
    en: 'An address carries no name or password; messages are signed, which the receiver checks.',
  },
  'address-port': {
    zh: '端口 {port} 属于其他协议；请用 443 或 1024 以上的端口。',
    en: 'Port {port} belongs to other protocols; use 443, or one from 1024 on.',
  },
  'address-host-unknown': {
    zh: '找不到主机 {host}，请检查拼写，或稍后再试。',
    en: 'There is no host {host}; check how it is spelt, or try again later.',
  },
  'address-inside': {
    zh: '{host} 指向内部或保留地址，不允许推送；确需推送到内网，请系统管理员在 GRIDKEEPER_WEBHOOK_NETWORKS 中放行该网段。',
    en: '{host} leads to an inner or reserved address, where nothing is sent; a receiver inside takes its network in GRIDKEEPER_WEBHOOK_NETWORKS in the configuration.',
  },
  'webhook-unknown': {
    zh: '找不到这个事件推送，可能已被删除。',
    en: 'There is no such webhook; it may have been deleted.',
  },
  'webhook-below-branch': {
    zh: '事件以分公司为单位推送，请选择分公司或其上级。',
    en: 'Events are those of a branch: choose a branch, or what is above it.',
  },
  'webhook-too-many': {
    zh: '一个单位最多有 {limit} 个事件推送，请先删除不再使用的。',
    en: 'A unit has {limit} webhooks at most; delete one that is no longer used first.',
  },
  'delivery-unknown': {
    zh: '找不到这条消息，保存期可能已过。',
    en: 'There is no such message; it may be kept no longer.',
  },
} as const satisfies Sentences
