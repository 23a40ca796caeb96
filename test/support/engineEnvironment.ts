import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The engine's own `~/.n8n`: n8n makes it when it first needs it, `engine.close()` removes it. */
export const engineFolder = join(tmpdir(), `chat-video-engine-${randomUUID()}`);

/**
 * n8n reads these once, when n8n-core loads, so this file must be the first import of whoever loads it.
 * Nothing of the machine's own n8n is read or written, and nothing goes to the console: `engine.run`
 * collects the log itself.
 */
Object.assign(process.env, {
	N8N_USER_FOLDER: engineFolder,
	N8N_ENCRYPTION_KEY: 'only for tests: nothing encrypted outlives the process',
	N8N_LOG_LEVEL: 'debug',
	N8N_LOG_OUTPUT: 'none',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});
