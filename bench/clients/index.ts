import type { OpenClient } from './client';

/** Everybody, by the names they have in the tables; each is loaded alone. */
export const clients = {
	node: async () => (await import('./node')).node,
	raw: async () => (await import('./raw')).raw,
	'raw, own connection': async () => (await import('./rawAlone')).rawAlone,
	'by hand': async () => (await import('./byHand')).byHand,
	'naive split': async () => (await import('./naive')).naive,
	axios: async () => (await import('./axios')).axios,
	openai: async () => (await import('./openai')).openai,
	langchain: async () => (await import('./langchain')).langchain,
	'ai sdk': async () => (await import('./aiSdk')).aiSdk,
} satisfies Record<string, () => Promise<OpenClient>>;

export type ClientName = keyof typeof clients;
