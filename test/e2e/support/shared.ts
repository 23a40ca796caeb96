import type { N8n } from '../../../scripts/n8n/launch';

/** The n8n that all files of tests use: started before the first, stopped after the last. */
export const shared: { n8n?: N8n } = globalThis as { n8n?: N8n };

/** How the files find it, as they live in worlds of their own. */
export const variable = 'CHAT_VIDEO_E2E_N8N';
